package org.chatarchiver.msexchange;

/** A way into mailboxes. */
public enum MicrosoftExchangeTransport {
    /** IMAP: any server, and Exchange Online. */
    imap,
    /** Microsoft Graph: Exchange Online. */
    graph,
    /** Exchange Web Services: Exchange Server on premises. */
    ews
}
