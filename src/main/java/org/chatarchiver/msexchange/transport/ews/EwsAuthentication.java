package org.chatarchiver.msexchange.transport.ews;

/** How Exchange Web Services know who asks. */
public enum EwsAuthentication {
    /** HTTP Basic (RFC 7617), over TLS. */
    basic,
    /** NTLM (MS-NTHT): each connection is authenticated. */
    ntlm,
    /** A bearer token (RFC 6750): hybrid modern authentication. */
    oauth2
}
