package org.chatarchiver.msexchange;

import org.apache.camel.spi.Metadata;

/** The component's names. */
public final class MicrosoftExchangeConstants {
    /** The component's scheme. */
    public static final String SCHEME = "microsoft-exchange";

    @Metadata(
            label = "producer",
            javaType = "String",
            description =
                    "The address of the mailbox in which a single e-mail is filed, in place of the option mailbox")
    public static final String MAILBOX = "CamelMicrosoftExchangeMailbox";

    @Metadata(
            label = "producer",
            javaType = "String",
            description = "The folder in which a single e-mail is filed, in place of the option folder")
    public static final String FOLDER = "CamelMicrosoftExchangeFolder";

    @Metadata(
            label = "producer",
            javaType = "java.time.Instant",
            description = "What the mailbox shows as a single e-mail's time of receipt, in place of its Date header")
    public static final String RECEIVED_TIME = "CamelMicrosoftExchangeReceivedTime";

    private MicrosoftExchangeConstants() {}
}
