package org.chatarchiver.msexchange;

/** The component's names. */
public final class MicrosoftExchangeConstants {
    /** The component's scheme. */
    public static final String SCHEME = "microsoft-exchange";

    private MicrosoftExchangeConstants() {}
}
