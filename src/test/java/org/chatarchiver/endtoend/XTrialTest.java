package org.chatarchiver.endtoend;
import org.junit.jupiter.api.Test;
class XTrialTest extends CollectionBed {
    @Test void x() throws Exception {
        var c = Class.forName("org.chatarchiver.routing.XTrial");
        var m = c.getDeclaredMethod("go", Object.class, java.nio.file.Path.class);
        m.setAccessible(true);
        m.invoke(null, ((org.apache.camel.spring.SpringCamelContext) archiver.bean(org.apache.camel.CamelContext.class)).getApplicationContext(), day.home.routes());
    }
}
