package org.chatarchiver.setup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.ledger.Drafts;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.setup.MappingPreviews.Preview;
import org.springframework.stereotype.Component;

/** The step at which it is said whose mailbox a participant's is: by the addresses that TeleMessage carries, by a mapping file, or both. */
@Component
public class DraftMapping {
    private static final int REMEMBERED = 100;

    private final Drafts drafts;
    private final DraftFiles files;
    private final Uploads uploads;
    private final MappingPreviews previews;
    private final MailboxChecks checks;
    private final Connectors connectors;
    private final MappingStore store;
    /** By digest, so that a page that is looked at again does not read the file again. */
    private final Cache<String, Preview.Good> read =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** By draft and digest, the check of its mailboxes. */
    private final Cache<String, String> asked =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    DraftMapping(
            Drafts drafts,
            DraftFiles files,
            Uploads uploads,
            MappingPreviews previews,
            MailboxChecks checks,
            Connectors connectors,
            MappingStore store) {
        this.drafts = drafts;
        this.files = files;
        this.uploads = uploads;
        this.previews = previews;
        this.checks = checks;
        this.connectors = connectors;
        this.store = store;
    }

    /** What came of an upload. */
    public sealed interface Uploaded {
        record Taken(Preview.Good preview) implements Uploaded {}

        /** The draft's mapping file stays as it was. */
        record Bad(Preview.Bad preview) implements Uploaded {}

        /** Somebody else has changed or finished the draft meanwhile. */
        record Overtaken() implements Uploaded {}
    }

    /** @param csv read to its end, or to the largest size of a mapping file; not closed */
    public Uploaded upload(Draft draft, InputStream csv, String by) throws IOException {
        return uploads.held(csv, held -> take(draft, held, by));
    }

    private Uploaded take(Draft draft, Path held, String by) throws IOException {
        Preview preview = previews.preview(held);
        if (preview instanceof Preview.Bad bad) {
            return new Uploaded.Bad(bad);
        }
        Preview.Good good = (Preview.Good) preview;
        files.keep(draft.id(), good.sha256(), held);
        if (!drafts.change(draft.withCsv(good.sha256()), by)) {
            return new Uploaded.Overtaken();
        }
        files.delete(draft.id(), good.sha256());
        read.put(good.sha256(), good);
        return new Uploaded.Taken(good);
    }

    /**
     * @param automatic whether the address that TeleMessage carries is used where the mapping file has none
     * @param file whether a mapping file is used: the one that was uploaded, else that of the connector that is changed
     * @return why it cannot be so, with the cure; empty where it is
     */
    public Optional<String> choose(Draft draft, boolean automatic, boolean file, String by) throws IOException {
        String own = own(draft);
        if (file && draft.csv() == null && own.isBlank()) {
            return Optional.of("There is no mapping file yet; upload one, or do without.");
        }
        if (!automatic && !file) {
            return Optional.of(
                    "With neither automatic mapping nor a mapping file nobody would be found; choose one of them, or both.");
        }
        Draft now = draft.with(draft.settings().withMapping(file ? own : "", automatic))
                .withCsv(file ? draft.csv() : null);
        if (!drafts.change(now, by)) {
            return Optional.of(DraftReview.OVERTAKEN);
        }
        if (!file) {
            files.delete(draft.id(), null);
        }
        return Optional.empty();
    }

    /** The mapping that the draft has, or the connector that it changes; empty for none. */
    public String own(Draft draft) {
        return draft.settings().mapping().isBlank() && draft.replaces() != null
                ? connectors.find(draft.replaces()).map(Connector::mapping).orElse("")
                : draft.settings().mapping();
    }

    /** Of the mapping file that was uploaded; empty where there is none. */
    public Optional<Preview.Good> preview(Draft draft) throws IOException {
        Optional<Path> csv = files.csv(draft);
        if (csv.isEmpty()) {
            return Optional.empty();
        }
        Preview.Good known = read.getIfPresent(draft.csv());
        if (known == null && previews.preview(csv.get()) instanceof Preview.Good good) {
            read.put(good.sha256(), good);
            known = good;
        }
        return Optional.ofNullable(known);
    }

    /** Begins to ask for the mailboxes of the file that was uploaded; empty where there is none. */
    public Optional<MailboxChecks.Start> ask(Draft draft, String by) throws IOException {
        Optional<Path> csv = files.csv(draft);
        if (csv.isEmpty()) {
            return Optional.empty();
        }
        MailboxChecks.Start start = checks.start(csv.get(), by);
        if (start instanceof MailboxChecks.Start.Started started) {
            asked.put(draft.id() + draft.csv(), started.id());
        }
        return Optional.of(start);
    }

    /** The latest check of the mailboxes of the file that the draft has. */
    public Optional<MailboxChecks.Progress> asked(Draft draft) {
        return Optional.ofNullable(asked.getIfPresent(draft.id() + draft.csv())).flatMap(checks::progress);
    }

    /** The mapping that the connector, which the draft changes, uses at the moment. */
    public Optional<Path> inUse(Draft draft) {
        return Optional.ofNullable(draft.replaces()).flatMap(store::accepted);
    }

    /** The file that was uploaded, for whoever puts it in its place by hand; empty where there is none. */
    public Optional<Path> csv(Draft draft) {
        return files.csv(draft);
    }
}
