package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.chatarchiver.sandbox.RunningArchiver;

/** What must stand in no log, no error and no view of the process, and what a value from outside must not do to them. */
final class Untold {
    static final String TEXT = "MarkerOfTheText4711";
    static final String FILE = "MarkerOfTheFile4712";
    static final String FILE_BASE64 = base64(FILE);
    static final String FEED_PASSWORD = "MarkerOfTheFeed4713";
    static final String WRONG_PASSWORD = "MarkerOfTheWrong4714";

    /** Longer than a value from outside may be shown. */
    static final String LONG = "y".repeat(250);

    /** Would begin a line of its own, clear the screen and turn the text around. */
    static final String FORGERY = "\r\nFORGED\u2028FORGED\u001b[2J\u202e" + LONG;

    private static final String FORGED = "FORGED";

    private final Map<String, String> secrets = new LinkedHashMap<>();

    Untold(String exchangeToken, String adminPassword) {
        add("the text of a message", TEXT);
        add("the content of a file", FILE);
        add("the content of a file, as the feed gives it", FILE_BASE64);
        add("the password of the feed", FEED_PASSWORD);
        add("the log-in at the feed", base64("ops:" + FEED_PASSWORD));
        add("the token of the mail server", exchangeToken);
        add(
                "the log-in at the mail server",
                base64("user=" + TestBed.ANN + "\u0001auth=Bearer " + exchangeToken + "\u0001\u0001"));
        add("the password of the administrator", adminPassword);
        add("a wrong password", WRONG_PASSWORD);
        add("a wrong log-in", base64("admin:" + WRONG_PASSWORD));
    }

    private void add(String name, String value) {
        if (!value.isEmpty()) {
            secrets.put(name, value);
        }
    }

    /** Neither a secret nor a forged line, nor a record as Java shows one. */
    void in(String where, String text) {
        secretIn(where, text);
        assertThat(text).as(where).doesNotContainPattern("\\b[A-Z]\\w*\\[\\w+=");
        assertThat(text.split("[\r\n\u2028]")).as(where).noneMatch(line -> line.startsWith(FORGED));
        assertThat(text).as(where).doesNotContain("\u001b[2J", "\u202e", LONG);
    }

    /** Data may hold values as the source gave them, but nothing secret. */
    void secretIn(String where, String text) {
        secrets.forEach((name, secret) ->
                assertThat(text).as("%s tells %s", where, name).doesNotContain(secret));
    }

    /** What the archiver says of a request that it refuses; the rest of a problem detail is the request's own path. */
    void inProblem(String where, String body) throws IOException {
        secretIn(where, body);
        in(where, new ObjectMapper().readTree(body).path("detail").textValue());
    }

    /** Every attribute of every bean that this JVM shows over JMX. */
    static String managementBeans() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : beans.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                all.append(name).append(' ').append(attribute.getName()).append(' ');
                try {
                    all.append(beans.getAttribute(name, attribute.getName()));
                } catch (RuntimeMBeanException | JMException notOnThisMachine) {
                    all.append(notOnThisMachine.getMessage());
                }
                all.append('\n');
            }
        }
        return all.toString();
    }

    /** The routes as Camel holds them, and what their properties were resolved to. */
    static String routes(RunningArchiver archiver) {
        ModelCamelContext camel = (ModelCamelContext) archiver.bean(CamelContext.class);
        List<String> all = new ArrayList<>();
        camel.getRouteDefinitions().forEach(route -> all.add(route.toString()));
        camel.getRouteTemplateDefinitions().forEach(template -> all.add(template.toString()));
        camel.getEndpoints().forEach(endpoint -> all.add(endpoint.getEndpointUri()));
        camel.getRoutes().forEach(route -> all.add(route.getProperties().toString()));
        assertThat(all).anyMatch(text -> text.contains("wechat"));
        return String.join("\n", all);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
