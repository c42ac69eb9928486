package org.chatarchiver.msexchange.transport;

/** How a mailbox is opened. */
public enum Authentication {
    /** SASL XOAUTH2 with an access token that is good for every mailbox: Exchange Online. */
    xoauth2,
    /** SASL PLAIN (RFC 4616) with the mailbox as authorisation identity: a master user's name and password. */
    plain
}
