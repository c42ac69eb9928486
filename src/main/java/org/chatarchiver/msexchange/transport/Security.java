package org.chatarchiver.msexchange.transport;

/** How a connection is protected. */
public enum Security {
    /** TLS from the first byte (RFC 8314). */
    tls,
    /** TLS after STARTTLS; a server that does not offer it is refused. */
    starttls,
    /** In the clear: for tests and loopback only. */
    none
}
