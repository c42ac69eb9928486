package org.chatarchiver.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.ledger.Drafts;
import org.chatarchiver.mapping.MappingSource;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.security.DataDirectory;
import org.springframework.stereotype.Component;

/** What a draft will become, and what is in the way of it. */
@Component
public class DraftReview {
    static final String OVERTAKEN =
            "Somebody else has changed, finished or discarded this draft meanwhile, so nothing was kept; look at it as it is now.";

    static final String CHANGED =
            "The connector has been changed since this draft began, which finishing would undo; discard the draft and change the connector as it is now.";

    private final Drafts drafts;
    private final DraftFiles files;
    private final DraftPasswords passwords;
    private final Terms terms;
    private final Connectors connectors;
    private final ConnectorEdits edits;
    private final Path data;

    DraftReview(
            Drafts drafts,
            DraftFiles files,
            DraftPasswords passwords,
            Terms terms,
            Connectors connectors,
            ConnectorEdits edits,
            DataDirectory data) {
        this.drafts = drafts;
        this.files = files;
        this.passwords = passwords;
        this.terms = terms;
        this.connectors = connectors;
        this.edits = edits;
        this.data = data.root();
    }

    /** A step of the setting up, in the order in which they are done. */
    public enum Step {
        TERMS,
        LOGIN,
        MAPPING,
        REVIEW
    }

    /** @param sentence what is missing or wrong, and what to do */
    public record Hindrance(Step step, String sentence) {}

    /** Says what a connector is called, where it files and when it runs. @return whether it was kept */
    public boolean name(Draft draft, String id, String name, String folder, String schedule, String by) {
        Draft.Settings before = draft.settings();
        return drafts.change(
                draft.with(before.withNames(
                        draft.replaces() == null ? id.strip() : before.connector(),
                        name.strip(),
                        folder.strip(),
                        schedule.strip())),
                by);
    }

    /** What is missing. @param user who would finish it */
    public List<Hindrance> hindrances(Draft draft, String user) {
        List<Hindrance> found = new ArrayList<>();
        if (terms.acceptedBy(user).isEmpty()) {
            found.add(new Hindrance(Step.TERMS, "You have not accepted the terms of service as they are now."));
        }
        login(draft).ifPresent(sentence -> found.add(new Hindrance(Step.LOGIN, sentence)));
        Draft.Settings settings = draft.settings();
        if (draft.csv() != null && files.csv(draft).isEmpty()) {
            found.add(new Hindrance(
                    Step.MAPPING,
                    "The mapping file that was uploaded is not on this archiver's disk; upload it here again."));
        } else if (!settings.automatic()
                && draft.csv() == null
                && settings.mapping().isBlank()) {
            found.add(new Hindrance(Step.MAPPING, "There is neither automatic mapping nor a mapping file."));
        }
        Optional<String> overtaken = overtaken(draft);
        overtaken.ifPresent(sentence -> found.add(new Hindrance(Step.REVIEW, sentence)));
        return found;
    }

    /** As {@link #hindrances}, and what is wrong with the connector beside those that run, which takes about a second. */
    public List<Hindrance> all(Draft draft, String user) {
        List<Hindrance> found = hindrances(draft, user);
        if (found.isEmpty()) {
            problems(draft).forEach(problem -> found.add(new Hindrance(Step.REVIEW, problem)));
        }
        return found;
    }

    /** Why there is nothing left that the draft could change. */
    private Optional<String> overtaken(Draft draft) {
        if (draft.replaces() == null) {
            return Optional.empty();
        }
        Optional<Connector> now = connectors.find(draft.replaces());
        if (now.isEmpty()) {
            return Optional.of("The connector '" + draft.replaces() + "' has been removed; discard this draft.");
        }
        return ConnectorEdits.digest(now.get()).equals(draft.base()) ? Optional.empty() : Optional.of(CHANGED);
    }

    private Optional<String> login(Draft draft) {
        Optional<Connector> before = Optional.ofNullable(draft.replaces()).flatMap(connectors::find);
        boolean same = before.filter(
                        one -> one.username().equals(draft.settings().username()))
                .isPresent();
        if (draft.account() == null && !same) {
            return Optional.of("The log-in to TeleMessage has not been checked yet.");
        }
        boolean needed = before.isEmpty() || draft.account() != null;
        return needed && passwords.of(draft.id(), draft.settings().username()).isEmpty()
                ? Optional.of(
                        "The password is kept for an hour only, and nowhere on disk before the end; give it again.")
                : Optional.empty();
    }

    /** The ids of the other connectors that take their mailboxes from the file that an upload would replace. */
    public List<String> sharing(Draft draft) {
        Connector wanted = connector(draft);
        Optional<Path> replaced = draft.csv() == null ? Optional.empty() : path(wanted);
        return replaced.isEmpty()
                ? List.of()
                : connectors.all().stream()
                        .filter(other ->
                                !other.id().equals(wanted.id()) && path(other).equals(replaced))
                        .map(Connector::id)
                        .toList();
    }

    private static Optional<Path> path(Connector connector) {
        return MappingSource.path(connector.mapping())
                .map(path -> path.toAbsolutePath().normalize());
    }

    private List<String> problems(Draft draft) {
        Connector connector = connector(draft);
        if (draft.replaces() == null && connectors.find(connector.id()).isPresent()) {
            return List.of("There is a connector '" + connector.id() + "' already; give this one another id.");
        }
        return edits.validate(connector).stream().map(DraftReview::sentence).toList();
    }

    /** Of a problem, whose own sentence begins behind the name of a file. */
    static String sentence(Problem problem) {
        String sentence = problem.sentence();
        return (sentence.startsWith("parameter ") ? "The " : "The connector ") + sentence + ".";
    }

    /** As its file will have it. */
    public Connector connector(Draft draft) {
        Draft.Settings settings = draft.settings();
        String mapping = draft.csv() != null && settings.mapping().isBlank()
                ? "file:" + readable(data.resolve("mapping").resolve(settings.connector() + ".csv"))
                : settings.mapping();
        return new Connector(
                settings.connector(),
                settings.name(),
                settings.network(),
                settings.folder(),
                settings.schedule(),
                settings.username(),
                mapping,
                settings.automatic());
    }

    /** Relative where it is below the working directory, as in the files that are shipped. */
    private static String readable(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString().replace('\\', '/');
    }
}
