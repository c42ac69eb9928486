package org.chatarchiver.hawtio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawableRoutesTest {
    @Test
    void aRouteIsItsStepsFromItsFromOn() throws Exception {
        assertThat(DrawableRoutes.drawable("""
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                    <route id="one" description="a &amp; b">
                        <errorHandler>
                            <noErrorHandler/>
                        </errorHandler>
                        <onException id="e">
                            <exception>java.lang.Exception</exception>
                            <to id="t0" uri="direct:x"/>
                        </onException>
                        <from id="f" uri="direct:one"/>
                        <onException id="e2">
                            <exception>java.lang.Exception</exception>
                            <to id="t2" uri="direct:x"/>
                        </onException>
                        <to id="t" uri="mock:a?b=c&amp;d=e"/>
                    </route>
                    <route id="two">
                        <from id="g" uri="direct:two"/>
                    </route>
                </routes>
                """.strip())).isEqualTo("""
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                    <route description="a &amp; b" id="one">
                        <from id="f" uri="direct:one"/>
                        <to id="t" uri="mock:a?b=c&amp;d=e"/>
                    </route>
                    <route id="two">
                        <from id="g" uri="direct:two"/>
                    </route>
                </routes>
                """.strip());
    }

    @Test
    void whatIsNoRouteStaysAsItIs() throws Exception {
        String template = "<routeTemplates><routeTemplate id=\"a\"/></routeTemplates>";
        assertThat(DrawableRoutes.drawable(template)).isEqualTo(template);
    }
}
