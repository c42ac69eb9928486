package org.chatarchiver.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.telemessage.TelemessageProperties;

/** The shipped route that asks for an account, at a feed of a test's own. */
final class AccountRoute implements AutoCloseable {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AccountDeadline deadline;
    final AccountCheck check;

    AccountRoute(String address, Duration time) throws Exception {
        TelemessageProperties feed = SetupFixture.feed(address);
        deadline = new AccountDeadline(time);
        check = new AccountCheck(camel.createProducerTemplate(), feed, deadline);
        camel.setStreamCaching(false);
        Properties settings = new Properties();
        settings.setProperty("archiver.telemessage.base-url", address);
        camel.getPropertiesComponent().setInitialProperties(settings);
        camel.getRegistry().bind("accountFetch", new AccountFetch(feed, Clock.systemUTC(), deadline));
        camel.getRegistry().bind("accountDeadline", deadline);
        for (String scheme : new String[] {"http", "https"}) {
            HttpComponent http = camel.getComponent(scheme, HttpComponent.class);
            http.setAutomaticRetriesDisabled(true);
            http.setContentCompressionDisabled(true);
            http.setConnectTimeout(feed.connectTimeout().toMillis());
            http.setSoTimeout(feed.readTimeout().toMillis());
            http.setResponseTimeout(feed.readTimeout().toMillis());
        }
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + Path.of("routes", "account.camel.yaml")));
        camel.start();
    }

    void stop() throws Exception {
        camel.getRouteController().stopRoute("fetch-account");
    }

    @Override
    public void close() throws IOException {
        check.destroy();
        deadline.destroy();
        camel.close();
    }
}
