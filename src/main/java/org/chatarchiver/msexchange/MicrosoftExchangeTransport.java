package org.chatarchiver.msexchange;

/** A way into mailboxes. */
public enum MicrosoftExchangeTransport {
    /** IMAP: any server, and Exchange Online. */
    imap
}
