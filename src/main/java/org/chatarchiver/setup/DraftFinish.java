package org.chatarchiver.setup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.ledger.Drafts;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.routing.ConnectorEdits.Outcome;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.setup.DraftReview.Hindrance;
import org.chatarchiver.setup.DraftReview.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The last step: password, mapping file and connector file, in this order, so that what is noticed is whole. */
@Component
public class DraftFinish {
    private static final Logger LOG = LoggerFactory.getLogger(DraftFinish.class);

    private final Drafts drafts;
    private final DraftFiles files;
    private final DraftPasswords passwords;
    private final DraftReview review;
    private final Connectors connectors;
    private final ConnectorEdits edits;
    private final Secrets secrets;
    private final MappingStore mappings;
    private final FeedLogins logins;

    DraftFinish(
            Drafts drafts,
            DraftFiles files,
            DraftPasswords passwords,
            DraftReview review,
            Connectors connectors,
            ConnectorEdits edits,
            Secrets secrets,
            MappingStore mappings,
            FeedLogins logins) {
        this.drafts = drafts;
        this.files = files;
        this.passwords = passwords;
        this.review = review;
        this.connectors = connectors;
        this.edits = edits;
        this.secrets = secrets;
        this.mappings = mappings;
        this.logins = logins;
    }

    /** What came of finishing. */
    public sealed interface Result {
        /** It is in force within seconds, or to be committed as its draft says. */
        record Finished() implements Result {}

        /** Somebody has done it before. */
        record Already(Draft.Mark by) implements Result {}

        /** It is not what was looked at: it was changed meanwhile, or is gone. */
        record Changed() implements Result {}

        record Hindered(List<Hindrance> hindrances) implements Result {}
    }

    /**
     * @param version of the draft that was looked at
     * @param by who finishes it
     */
    public Result finish(Draft draft, long version, String by) {
        if (draft.finished() != null) {
            return new Result.Already(draft.finished());
        }
        List<Hindrance> hindrances = review.hindrances(draft, by);
        if (!hindrances.isEmpty()) {
            return new Result.Hindered(hindrances);
        }
        if (draft.version() != version || !drafts.finish(draft.id(), version, by)) {
            return drafts.find(draft.id())
                    .map(Draft::finished)
                    .<Result>map(Result.Already::new)
                    .orElseGet(Result.Changed::new);
        }
        boolean done = false;
        try {
            Result result = write(draft, by);
            done = !(result instanceof Result.Hindered);
            return result;
        } finally {
            if (!done) {
                drafts.open(draft.id());
            }
        }
    }

    private Result write(Draft draft, String by) {
        Connector connector = review.connector(draft);
        ConnectorEdits.Belongings belongings = () -> belongings(draft, connector, by);
        Outcome outcome = draft.replaces() == null
                ? edits.add(connector, by, belongings)
                : edits.replace(connector, by, belongings, draft.base());
        if (outcome instanceof Outcome.Written written) {
            drafts.ended(draft.id(), written.file(), null);
            if (draft.accountChecked() != null) {
                logins.accepted(connector.id(), draft.accountChecked());
            }
            forget(draft);
            return new Result.Finished();
        }
        if (outcome instanceof Outcome.ToCommit file) {
            drafts.ended(draft.id(), file.file(), file.why());
            passwords.forget(draft.id());
            return new Result.Finished();
        }
        return new Result.Hindered(hindrances(outcome));
    }

    private static List<Hindrance> hindrances(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.problems().stream()
                    .map(problem -> new Hindrance(Step.REVIEW, DraftReview.sentence(problem)))
                    .toList();
        }
        if (outcome instanceof Outcome.Changed) {
            return List.of(new Hindrance(Step.REVIEW, DraftReview.CHANGED));
        }
        String sentence =
                outcome instanceof Outcome.Exists exists ? exists.sentence() : ((Outcome.Unknown) outcome).sentence();
        return List.of(new Hindrance(Step.REVIEW, sentence + "."));
    }

    /** The mapping first: a file that cannot be taken leaves the log-in as it is. */
    private void belongings(Draft draft, Connector connector, String by) throws IOException {
        if (draft.csv() != null) {
            mapping(draft, connector, by);
        }
        Optional<String> password = passwords.of(draft.id(), connector.username());
        if (password.isPresent()) {
            secrets.write(connector.id(), DraftLogin.PASSWORD, password.get());
            LOG.info("The password of {} is written by {}", connector.id(), Printable.of(by));
        }
    }

    private void mapping(Draft draft, Connector connector, String by) throws IOException {
        Path uploaded = files.csv(draft)
                .orElseThrow(
                        () -> new IOException("The mapping file that was uploaded is not on this archiver's disk"));
        boolean known = connectors
                .find(connector.id())
                .filter(one -> one.mapping().equals(connector.mapping()))
                .isPresent();
        try (InputStream csv = Files.newInputStream(uploaded)) {
            Parsed parsed = known
                    ? mappings.replace(connector.id(), csv, by)
                    : mappings.place(connector.id(), connector.mapping(), csv, by);
            if (parsed instanceof Parsed.Rejected rejected) {
                throw new IOException(
                        "The mapping file is refused: " + rejected.errors().get(0));
            }
        }
    }

    private void forget(Draft draft) {
        passwords.forget(draft.id());
        try {
            files.delete(draft.id(), null);
        } catch (IOException e) {
            LOG.warn("The mapping file of a finished draft cannot be deleted: {}", Printable.of(e.toString()));
        }
    }
}
