package org.chatarchiver.msexchange.transport.imap;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.TransportError;
import org.eclipse.angus.mail.iap.Response;

/**
 * Sends the e-mails of a batch over one connection: in one MULTIAPPEND (RFC 3502) or as pipelined APPENDs (RFC 3501 section 6.3.11).
 * APPEND needs no selected folder.
 */
final class ImapAppender {
    /**
     * Most APPENDs that wait for their answer. The answers to so many fit into the socket's buffers, so the server never stops reading
     * in order to be read, while we only write: no dead-lock.
     */
    private static final int WINDOW = 32;

    private static final int MOST_IN_ONE = 500;
    private static final DateTimeFormatter INTERNALDATE = DateTimeFormatter.ofPattern(
                    "dd-MMM-uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ImapConnection connection;
    private final String folder;
    private final Delivery delivery;
    private final Fence fence;
    private final Map<String, Integer> unanswered = new LinkedHashMap<>();
    private final List<Integer> homeless = new ArrayList<>();
    private TransportError end;

    /** @param folder quoted */
    ImapAppender(ImapConnection connection, String folder, Delivery delivery, Fence fence) {
        this.connection = connection;
        this.folder = folder;
        this.delivery = delivery;
        this.fence = fence;
    }

    /**
     * Sends what is open. Afterwards such e-mails are open for which the folder was missing, or which an error has ended.
     *
     * @return what befell the mailbox or the destination, as opposed to an e-mail; null where nothing did
     * @throws IOException where the connection was lost: what may have arrived is in doubt, the rest is open
     */
    TransportError send(int batchBytes) throws IOException {
        List<Integer> open = delivery.open();
        if (connection.hasCapability("MULTIAPPEND") && open.size() > 1) {
            for (List<Integer> part : parts(open, batchBytes)) {
                together(part);
            }
        } else {
            oneByOne(open);
        }
        return end;
    }

    private List<List<Integer>> parts(List<Integer> open, int batchBytes) {
        List<List<Integer>> parts = new ArrayList<>();
        List<Integer> part = new ArrayList<>();
        long bytes = 0;
        for (int index : open) {
            int size = delivery.email(index).content().length;
            if (!part.isEmpty() && (bytes + size > batchBytes || part.size() >= MOST_IN_ONE)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(index);
            bytes += size;
        }
        parts.add(part);
        return parts;
    }

    /** All or nothing; what is refused as a whole is sent again one by one, so that only the culprit is left out. */
    private void together(List<Integer> part) throws IOException {
        if (end != null || !homeless.isEmpty()) {
            return;
        }
        ImapAnswer answer = multiAppend(part);
        if (answer.ok()) {
            List<Long> uids = UidSet.of(answer, part.size());
            for (int i = 0; i < part.size(); i++) {
                delivery.delivered(part.get(i), uids.get(i));
            }
            return;
        }
        part.forEach(delivery::reopen);
        endIfOver(answer);
        TransportError error = ImapFaults.ofAppend(answer);
        if (missing(answer)) {
            homeless.addAll(part);
        } else if (error.fault() == Fault.THROTTLED || error.fault() == Fault.UNAVAILABLE) {
            end = error;
        } else {
            oneByOne(part);
        }
    }

    private ImapAnswer multiAppend(List<Integer> part) throws IOException {
        String tag = connection.nextTag();
        connection.write(tag + " APPEND " + folder);
        for (int index : part) {
            ImapAnswer early = literal(tag, delivery.email(index));
            if (early != null) {
                return early;
            }
        }
        part.forEach(delivery::doubt);
        connection.commit(fence);
        return connection.answer(tag);
    }

    private void oneByOne(List<Integer> open) throws IOException {
        for (int index : open) {
            int size = delivery.email(index).content().length;
            // A literal that waits for its "+" must not find answers to other commands in its way.
            int allowed = connection.sendsUnasked(size) ? WINDOW - 1 : 0;
            while (unanswered.size() > allowed) {
                receive();
            }
            if (end != null || !homeless.isEmpty()) {
                break;
            }
            append(index);
        }
        while (!unanswered.isEmpty()) {
            receive();
        }
    }

    private void append(int index) throws IOException {
        String tag = connection.nextTag();
        connection.write(tag + " APPEND " + folder);
        ImapAnswer early = literal(tag, delivery.email(index));
        if (early != null) {
            settle(index, early);
            return;
        }
        delivery.doubt(index);
        unanswered.put(tag, index);
        connection.commit(fence);
    }

    /** Flags, date and content; the server's answer where it refuses before it takes the content. */
    private ImapAnswer literal(String tag, Email email) throws IOException {
        byte[] content = email.content();
        boolean unasked = connection.sendsUnasked(content.length);
        connection.write(
                " (\\Seen) \"" + INTERNALDATE.format(email.date()) + "\" {" + content.length + (unasked ? "+}" : "}"));
        connection.endCommand();
        if (!unasked) {
            Response response = connection.next();
            while (!response.isContinuation()) {
                if (response.isTagged() && tag.equals(response.getTag())) {
                    return ImapAnswer.of(response);
                }
                response = connection.next();
            }
        }
        connection.write(content);
        return null;
    }

    private void receive() throws IOException {
        Response response = connection.next();
        Integer index = response.isTagged() ? unanswered.remove(response.getTag()) : null;
        if (index != null) {
            settle(index, ImapAnswer.of(response));
        }
    }

    private void settle(int index, ImapAnswer answer) throws IOException {
        if (answer.ok()) {
            delivery.delivered(index, UidSet.of(answer, 1).get(0));
            return;
        }
        delivery.reopen(index);
        endIfOver(answer);
        if (missing(answer)) {
            homeless.add(index);
            return;
        }
        TransportError error = ImapFaults.ofAppend(answer);
        if (error.fault().scope() == Fault.Scope.EMAIL) {
            delivery.refused(index, error);
        } else if (end == null) {
            end = error;
        }
    }

    private static void endIfOver(ImapAnswer answer) throws IOException {
        if (ImapFaults.sessionOver(answer)) {
            throw new IOException("ended by the server: " + answer);
        }
    }

    private static boolean missing(ImapAnswer answer) {
        return answer.code().equals("TRYCREATE") || answer.code().equals("NONEXISTENT");
    }
}
