package org.chatarchiver.audit;

/**
 * The end of the chain.
 *
 * @param seq number of the last entry; 0 where there is none
 * @param hash of the last entry, lower-case hex SHA-256; 64 zeros where there is none
 */
public record AuditHead(long seq, String hash) {
    static final AuditHead NONE = new AuditHead(0, "0".repeat(64));
}
