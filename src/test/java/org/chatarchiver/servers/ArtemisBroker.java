package org.chatarchiver.servers;

import java.nio.file.Path;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** The process of an {@link Artemis}: ActiveMQ Artemis with AMQP over TLS alone, and a user who may send, browse and consume. */
final class ArtemisBroker {
    private static final String ROLE = "archivers";

    private ArtemisBroker() {}

    /** Port, directory, key store, its password, the user's password, tries. */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        Configuration configuration = new ConfigurationImpl()
                .setName("test")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .setMaxDiskUsage(-1)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(
                        "amqp",
                        "tcp://127.0.0.1:" + arguments[0]
                                + "?protocols=AMQP;useEpoll=false;sslEnabled=true;keyStoreType=PKCS12;keyStorePath="
                                + arguments[2] + ";keyStorePassword=" + arguments[3]);
        configuration.addAddressSetting(
                Artemis.QUEUE,
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of(Artemis.DEAD))
                        .setMaxDeliveryAttempts(Integer.parseInt(arguments[5]))
                        .setRedeliveryDelay(1_000));
        for (String queue : new String[] {Artemis.QUEUE, Artemis.DEAD}) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue)
                    .setAddress(queue)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(true));
        }
        configuration.putSecurityRoles(
                "#", Set.of(new Role(ROLE, true, true, false, false, false, false, false, true)));
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(Artemis.USER, arguments[4]);
        users.addRole(Artemis.USER, ROLE);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        broker.start();
    }
}
