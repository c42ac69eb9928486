package org.chatarchiver.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.routing.ConnectorEdits.Outcome;
import org.chatarchiver.security.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Adds, changes and removes connectors: their files, and the files of their passwords. */
@RestController
class ConnectorEditsController {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorEditsController.class);
    private static final String PASSWORD = "password";

    private final ConnectorEdits edits;
    private final Secrets secrets;

    ConnectorEditsController(ConnectorEdits edits, Secrets secrets) {
        this.edits = edits;
        this.secrets = secrets;
    }

    /** As in a connector's file. @param password at TeleMessage; without one, the file that is there stays */
    record Wanted(
            String id,
            String name,
            String network,
            String folder,
            String schedule,
            String username,
            String mapping,
            boolean automaticMapping,

            @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            String password) {
        Connector connector(String ofPath) {
            return new Connector(
                    text(ofPath),
                    text(name),
                    text(network),
                    text(folder),
                    Objects.requireNonNullElse(schedule, "0 15 2 * * ?"),
                    text(username),
                    text(mapping),
                    automaticMapping);
        }

        private static String text(String value) {
            return Objects.requireNonNullElse(value, "");
        }

        /** Not the password, wherever this is written. */
        @Override
        public String toString() {
            return "Wanted[" + id + "]";
        }
    }

    record Validated(boolean good, List<Problem> problems) {}

    /**
     * @param written whether the file is in its place, and in force within seconds; else it is to be put there by whoever looks after the
     *     directory
     * @param file relative to {@code archiver.routes}
     * @param text of the file to be put there; empty for one to be deleted; null where it is in its place
     * @param why it is not in its place; else null
     * @param secretWritten whether the password that was given is in its file
     * @param secretProblem why that could not be written, and the cure; else null
     */
    record Saved(boolean written, String file, String text, String why, boolean secretWritten, String secretProblem) {}

    @Operation(summary = "Tells what is wrong with a connector beside those that run; nothing is written")
    @PostMapping("/api/connectors/validate")
    Validated validate(@RequestBody Wanted wanted) {
        List<Problem> problems = edits.validate(wanted.connector(wanted.id()));
        return new Validated(problems.isEmpty(), problems);
    }

    @Operation(summary = "Adds a connector: its file, and the file of its password")
    @Refuses(status = HttpStatus.CONFLICT, when = "there is a connector of that id already")
    @Refuses(status = HttpStatus.UNPROCESSABLE_ENTITY, when = "it has problems; problems names each")
    @PostMapping("/api/connectors")
    ResponseEntity<Saved> add(@RequestBody Wanted wanted, Principal administrator) {
        check(wanted);
        String name = administrator.getName();
        Saved saved = saved(edits.add(wanted.connector(wanted.id()), name), wanted.id(), wanted.password(), name);
        return saved.written()
                ? ResponseEntity.created(URI.create("/api/connectors/" + wanted.id()))
                        .body(saved)
                : ResponseEntity.ok(saved);
    }

    @Operation(summary = "Changes a connector; without a password, the one that is there stays")
    @Refuses(status = HttpStatus.UNPROCESSABLE_ENTITY, when = "it has problems; problems names each")
    @PutMapping("/api/connectors/{id}")
    Saved replace(@PathVariable String id, @RequestBody Wanted wanted, Principal administrator) {
        if (wanted.id() != null && !wanted.id().equals(id)) {
            throw Refusal.badRequest("'id' is not the connector's of the path; an id cannot be changed.");
        }
        check(wanted);
        String name = administrator.getName();
        return saved(edits.replace(wanted.connector(id), name), id, wanted.password(), name);
    }

    /**
     * The file of its password stays, so that what waits goes on when it is restored.
     *
     * @param confirm that what waits for it may be stranded until it is restored
     */
    @Operation(
            summary =
                    "Removes a connector, but not the file of its password; with confirm=true also one for which anything waits")
    @Refuses(status = HttpStatus.CONFLICT, when = "items, pages or runs of it wait, and confirm is not true")
    @DeleteMapping("/api/connectors/{id}")
    Saved remove(
            @PathVariable String id, @RequestParam(defaultValue = "false") boolean confirm, Principal administrator) {
        String name = administrator.getName();
        return saved(edits.remove(id, confirm, name), id, null, name);
    }

    /** Before anything is written. */
    private static void check(Wanted wanted) {
        if (wanted.password() != null && !Secrets.isSecret(wanted.password())) {
            throw Refusal.badRequest(
                    "'password' is empty, longer than 4,096 bytes, or has control characters; give one line of text.");
        }
    }

    private Saved saved(Outcome outcome, String id, String password, String administrator) {
        if (outcome instanceof Outcome.Written written) {
            return withSecret(new Saved(true, written.file(), null, null, false, null), id, password, administrator);
        }
        if (outcome instanceof Outcome.ToCommit file) {
            return withSecret(
                    new Saved(false, file.file(), file.text(), file.why(), false, null), id, password, administrator);
        }
        if (outcome instanceof Outcome.Refused refused) {
            throw Refusal.listing(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "The connector has " + refused.problems().size()
                            + " problems, so nothing was written; mend them and send it again.",
                    "problems",
                    refused.problems());
        }
        if (outcome instanceof Outcome.Waits waits) {
            throw Refusal.of(
                    HttpStatus.CONFLICT,
                    "The connector has work to do, which is stranded once it is gone: "
                            + waits.work().words() + ". Add confirm=true to remove it all the same.");
        }
        if (outcome instanceof Outcome.Exists exists) {
            throw Refusal.of(HttpStatus.CONFLICT, exists.sentence() + ".");
        }
        throw Refusal.notFound(((Outcome.Unknown) outcome).sentence() + ".");
    }

    private Saved withSecret(Saved saved, String id, String password, String administrator) {
        if (password == null) {
            return saved;
        }
        try {
            secrets.write(id, PASSWORD, password);
            LOG.info("The password of {} is written by {}", id, Printable.of(administrator));
            return new Saved(saved.written(), saved.file(), saved.text(), saved.why(), true, null);
        } catch (IOException e) {
            String reason = Printable.of(e.toString());
            LOG.warn("The password of {} cannot be written: {}", id, reason);
            return new Saved(
                    saved.written(),
                    saved.file(),
                    saved.text(),
                    saved.why(),
                    false,
                    "The password could not be written (" + reason + "); put it into secrets/" + id
                            + "/password under archiver.data, or where that is mounted from, and try it.");
        }
    }
}
