package org.chatarchiver.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.chatarchiver.mapping.MappingFile;
import org.chatarchiver.mapping.RowError;
import org.chatarchiver.message.Printable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks the destination in the background which mailboxes of a mapping file exist, one file and one mailbox at a time, so that deliveries
 * keep their connections. The last {@value #MOST_REMEMBERED} checks are remembered, by this archiver alone. Safe for many threads.
 */
@Component
public class MailboxChecks {
    static final int MOST_REMEMBERED = 20;

    private final MappingReads reads;
    private final MailboxInquiries inquiries;
    private final Map<String, MailboxCheck> checks = new LinkedHashMap<>();
    /** One thread: what was cancelled may be asking for a last mailbox when another check begins. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "mailbox-check");
        made.setDaemon(true);
        return made;
    });

    private boolean closed;

    MailboxChecks(MappingReads reads, MailboxInquiries inquiries) {
        this.reads = reads;
        this.inquiries = inquiries;
    }

    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        /** It ended early; the sentence says why. */
        FAILED
    }

    /**
     * A mailbox that nothing can be delivered to.
     *
     * @param line of the first row that names it
     * @param mailbox as that row writes it
     * @param why one sentence
     */
    public record Missing(long line, String mailbox, String why) {}

    /**
     * How far a check is.
     *
     * @param known distinct mailboxes of the file
     * @param asked those that have their answer: exist + missing + unclear
     * @param unclear those of which the destination could not tell
     * @param first the first 100 that are missing or unclear, in the order of the lines
     * @param sentence what there is to say in plain words, such as why it ended early
     */
    public record Progress(
            String id,
            State state,
            long known,
            long asked,
            long exist,
            long missing,
            long unclear,
            List<Missing> first,
            String sentence) {}

    /** What came of starting. */
    public sealed interface Start {
        record Started(String id) implements Start {}

        /**
         * Another check goes on.
         *
         * @param id of that one
         */
        record Busy(String id, String sentence) implements Start {}

        /** The file cannot be used; as {@link MappingPreviews.Preview.Bad}. */
        record Bad(List<RowError> errors, long count) implements Start {}
    }

    /**
     * Reads the file, which may be deleted afterwards, and begins.
     *
     * @param by the user's name
     * @throws IOException where the file cannot be read; what stands in it is never a cause
     */
    public Start start(Path csv, String by) throws IOException {
        Optional<Start.Busy> busy = busy();
        if (busy.isPresent()) {
            return busy.get();
        }
        List<MailboxCheck.Asked> mailboxes = new ArrayList<>();
        Optional<Start> bad = reads.read(
                csv,
                file -> {
                    mailboxes.addAll(distinct(file));
                    return Optional.empty();
                },
                rejected -> Optional.of(new Start.Bad(rejected.errors(), rejected.count())));
        return bad.isPresent() ? bad.get() : begin(mailboxes, by);
    }

    /** In the order of the lines, each once, whatever its case. */
    private static List<MailboxCheck.Asked> distinct(MappingFile file) {
        List<MailboxCheck.Asked> all = new ArrayList<>(file.size());
        file.mailboxes((mailbox, line) -> all.add(new MailboxCheck.Asked(line, mailbox)));
        all.sort(Comparator.comparingLong(MailboxCheck.Asked::line));
        Set<String> seen = new HashSet<>();
        all.removeIf(asked -> !seen.add(asked.mailbox().toLowerCase(Locale.ROOT)));
        return all;
    }

    private synchronized Optional<Start.Busy> busy() {
        return checks.values().stream()
                .filter(MailboxCheck::isRunning)
                .findFirst()
                .map(check -> new Start.Busy(
                        check.id(),
                        "A check that " + Printable.quoted(check.by()) + " has started goes on ("
                                + check.progress().sentence() + ") Wait for it, or cancel it."));
    }

    private synchronized Start begin(List<MailboxCheck.Asked> mailboxes, String by) {
        Optional<Start.Busy> other = busy();
        if (other.isPresent()) {
            return other.get();
        }
        MailboxCheck check = new MailboxCheck(UUID.randomUUID().toString(), by, mailboxes, inquiries);
        if (closed) {
            check.cancel();
        } else {
            thread.execute(check);
        }
        checks.put(check.id(), check);
        Iterator<String> oldest = checks.keySet().iterator();
        while (checks.size() > MOST_REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
        return new Start.Started(check.id());
    }

    /** Empty where there is no such check, or it was long ago. */
    public Optional<Progress> progress(String id) {
        return find(id).map(MailboxCheck::progress);
    }

    /** @return whether it was going on; what is told of the mailbox that is being asked for does not count */
    public boolean cancel(String id) {
        return find(id).map(MailboxCheck::cancel).orElse(false);
    }

    private synchronized Optional<MailboxCheck> find(String id) {
        return Optional.ofNullable(checks.get(id));
    }

    /** Before the routes stop, by which it asks. */
    @EventListener(ContextClosedEvent.class)
    synchronized void close() {
        closed = true;
        checks.values().forEach(MailboxCheck::cancel);
        thread.shutdown();
    }
}
