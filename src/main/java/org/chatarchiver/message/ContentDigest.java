package org.chatarchiver.message;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells revisions of a message apart: two readings of one message id with the same digest are the same message.
 *
 * <p>Counted are text, subject, parties, time, kind, what it is about, event type, group, the text before an edit, call data and
 * attachments. Parties count by their value and a group by its id (its name only where it has no id): a contact or a group that is
 * renamed later is no new content, and a back-fill after it must not deliver everything a second time. The order of recipients does
 * not count either.
 *
 * <p>An attachment counts by name, type and the digest of its bytes, wherever they are, also where they were left out for their size;
 * by its href where it is still remote; otherwise merely as absent. Because a href turns into bytes (or into nothing, by a 404), take
 * the digest of the message as it was read, before its attachments are fetched.
 */
public final class ContentDigest {
    private static final int PARTICIPANT = 2;

    private ContentDigest() {}

    /** Lower-case hex SHA-256. */
    public static String of(Message message) {
        MessageDigest digest = Sha256.start();
        try (var out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest stream does no I/O", e);
        }
        return Sha256.finish(digest);
    }

    private static void write(Message message, DataOutputStream out) throws IOException {
        string(out, message.kind().name());
        string(out, message.about());
        time(out, message.time());
        string(out, message.from() == null ? "" : message.from().value());
        List<String> to = message.to().stream().map(Party::value).sorted().toList();
        out.writeInt(to.size());
        for (String value : to) {
            string(out, value);
        }
        group(out, message.group());
        string(out, message.subject());
        string(out, message.text());
        string(out, message.eventType());
        string(out, message.previousText());
        calls(out, message.calls());
        out.writeInt(message.attachments().size());
        for (Attachment attachment : message.attachments()) {
            string(out, attachment.name());
            string(out, attachment.contentType());
            string(out, identity(attachment.content()));
        }
    }

    private static void group(DataOutputStream out, Group group) throws IOException {
        out.writeBoolean(group != null);
        if (group != null) {
            string(out, group.id());
            string(out, group.id().isEmpty() ? group.name() : "");
        }
    }

    /** Ends by the first byte that is neither 1 nor {@link #PARTICIPANT}: of no call, and of one, these are the bytes as ever. */
    private static void calls(DataOutputStream out, List<Call> calls) throws IOException {
        if (calls.isEmpty()) {
            out.writeBoolean(false);
        }
        for (Call call : calls) {
            out.writeBoolean(true);
            call(out, call);
        }
    }

    private static void call(DataOutputStream out, Call call) throws IOException {
        out.writeInt(call.status());
        time(out, call.start());
        time(out, call.end());
        Duration duration = call.duration();
        out.writeBoolean(duration != null);
        if (duration != null) {
            out.writeLong(duration.getSeconds());
            out.writeInt(duration.getNano());
        }
        if (call.participant() != null) {
            out.writeByte(PARTICIPANT);
            Party participant = call.participant();
            string(out, participant.value().isEmpty() ? participant.display() : participant.value());
        }
    }

    private static String identity(Content content) {
        if (content instanceof Content.Present present) {
            return "sha256:" + present.sha256();
        }
        if (content instanceof Content.Remote remote) {
            return remote.instead() == null ? "href:" + remote.href() : identity(remote.instead());
        }
        String known = ((Content.Absent) content).sha256();
        return known.isEmpty() ? "absent" : "sha256:" + known;
    }

    private static void time(DataOutputStream out, Instant time) throws IOException {
        out.writeBoolean(time != null);
        if (time != null) {
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        }
    }

    /** The length goes first: without it, "ab" + "c" and "a" + "bc" would be the same bytes. */
    private static void string(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
