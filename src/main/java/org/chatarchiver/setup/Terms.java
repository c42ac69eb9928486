package org.chatarchiver.setup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.chatarchiver.ledger.TermsAcceptances;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The terms of service that whoever sets a connector up accepts: those shipped, or the organisation's own. A file that cannot be used any
 * longer leaves the terms as they were. Safe for many threads.
 */
@Component
public class Terms {
    private static final Logger LOG = LoggerFactory.getLogger(Terms.class);
    private static final String SHIPPED = "/terms/terms-of-service.txt";

    private final Path file;
    private final TermsAcceptances acceptances;
    private volatile Text current;
    private volatile String fault = "";

    /** @throws StartRefusedException where the organisation's own terms cannot be used */
    Terms(SetupProperties properties, TermsAcceptances acceptances) {
        this.file = properties.terms();
        this.acceptances = acceptances;
        try {
            this.current = read();
        } catch (IOException e) {
            throw new StartRefusedException(
                    sentence(e),
                    "Give a text file in UTF-8 of at most 64 KB, or leave archiver.terms out for the terms that come with the archiver.",
                    e);
        }
    }

    /**
     * The terms as they are.
     *
     * @param version as the first line that begins with "Version" says; the beginning of the digest where there is none
     * @param sha256 of the text's UTF-8, lower-case hex
     */
    public record Text(String version, String sha256, String text) {}

    /**
     * Somebody's consent.
     *
     * @param sha256 of the text that was shown
     * @param by the user's name
     */
    public record Acceptance(String version, String sha256, String by, Instant at) {
        private static Acceptance of(TermsAcceptances.Entry entry) {
            return new Acceptance(entry.version(), entry.sha256(), entry.by(), entry.at());
        }
    }

    /** What came of accepting. */
    public sealed interface Outcome {
        record Accepted(Acceptance acceptance) implements Outcome {}

        /** Nothing is recorded: the text is another by now, and has to be shown first. */
        record Changed(Text now) implements Outcome {}
    }

    /** Read anew each time, since a file may change. */
    public Text current() {
        try {
            current = read();
            fault = "";
        } catch (IOException e) {
            String sentence = sentence(e);
            if (!sentence.equals(fault)) {
                fault = sentence;
                LOG.warn("{}; the terms of before stay in force", sentence);
            }
        }
        return current;
    }

    /** The latest of this user, of the text as it is now; empty where there is none. */
    public Optional<Acceptance> acceptedBy(String user) {
        return acceptances.find(user, current().sha256()).map(Acceptance::of);
    }

    /**
     * Records the user's consent, unless that is recorded.
     *
     * @param sha256 of the text that the user was shown
     */
    public Outcome accept(String user, String sha256) {
        Text now = current();
        return now.sha256().equals(sha256)
                ? new Outcome.Accepted(Acceptance.of(acceptances.accept(user, now.version(), now.sha256(), now.text())))
                : new Outcome.Changed(now);
    }

    private Text read() throws IOException {
        try (InputStream in = file == null ? Terms.class.getResourceAsStream(SHIPPED) : Files.newInputStream(file)) {
            return TermsText.read(in);
        }
    }

    private String sentence(IOException why) {
        return "The terms of service " + Printable.quoted(String.valueOf(file)) + " (archiver.terms) "
                + (why instanceof NoSuchFileException ? "are not there" : Printable.of(why.getMessage()));
    }
}
