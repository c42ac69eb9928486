package org.chatarchiver.hawtio;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The addresses of HTTP that Camel's MBeans tell, resolved: such an address may be a secret as a whole, as that of a webhook, and Camel
 * masks only what is called a password.
 */
final class WebAddresses {
    private static final Set<String> ATTRIBUTES =
            Set.of("EndpointUri", "EndpointBaseUri", "Destination", "Uri", "DynamicUri", "ModelLabel");

    private static final Pattern WEB = Pattern.compile("(?i).*\\bhttps?:.*", Pattern.DOTALL);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** Whether it stands in the name, as in that of an endpoint. */
    boolean isNamed(ObjectName name) {
        return "endpoints".equals(name.getKeyProperty("type")) && isWeb(name.getKeyProperty("name"));
    }

    /** @param name also a pattern, of which nothing is known */
    boolean isTold(ObjectName name, String attribute) {
        if (!ATTRIBUTES.contains(attribute)) {
            return false;
        }
        if (name.isPattern()) {
            return true;
        }
        try {
            return isWeb(server.getAttribute(name, attribute));
        } catch (JMException e) {
            return false;
        }
    }

    private static boolean isWeb(Object text) {
        return text != null && WEB.matcher(text.toString()).matches();
    }
}
