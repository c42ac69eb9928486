package org.chatarchiver.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chatarchiver.message.Sha256;

/**
 * An entry of the chain. Its hash is the SHA-256 of the canonical JSON (RFC 8785) of all else that is here, so that whoever has the
 * entries can check it without this program.
 *
 * @param seq 1 for the first, without a gap
 * @param at to the microsecond
 * @param actor a user's name, {@code schedule}, or {@code archiver}
 * @param action an {@link AuditAction}, where nobody has changed it
 * @param connector null where it is of none
 * @param subject what it was done to: a run, a page as {@code <run>/<number>}, a file, a channel, a user
 * @param detail an object in canonical JSON
 * @param previous the hash of the entry before
 */
public record AuditEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String connector,
        String subject,
        @JsonRawValue String detail,
        String previous,
        String hash) {

    /** Whether the hash is that of the rest. */
    boolean isSound() {
        try {
            return hash.equals(hash(seq, at, actor, action, connector, subject, detail, previous));
        } catch (IllegalArgumentException somethingElse) {
            return false;
        }
    }

    static String hash(
            long seq,
            Instant at,
            String actor,
            String action,
            String connector,
            String subject,
            String detail,
            String previous) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seq", seq);
        members.put("at", at.toString());
        members.put("actor", actor);
        members.put("action", action);
        members.put("connector", connector);
        members.put("subject", subject);
        members.put("detail", CanonicalJson.parsed(detail));
        members.put("previous", previous);
        return Sha256.of(CanonicalJson.of(members));
    }
}
