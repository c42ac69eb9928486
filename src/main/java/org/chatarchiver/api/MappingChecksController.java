package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.message.Printable;
import org.chatarchiver.setup.MailboxChecks;
import org.chatarchiver.setup.MappingPreviews;
import org.chatarchiver.setup.Uploads;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checks a mapping file that is not in use: its rows at once, whether its mailboxes exist in the background. */
@RestController
class MappingChecksController {
    private static final String MAILBOXES = "/api/mapping/mailboxes/";

    private final Uploads uploads;
    private final MappingPreviews previews;
    private final MailboxChecks checks;

    MappingChecksController(Uploads uploads, MappingPreviews previews, MailboxChecks checks) {
        this.uploads = uploads;
        this.previews = previews;
        this.checks = checks;
    }

    @Operation(
            summary = "Checks a mapping file as one that is to be used, and shows its first rows",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    @Refuses(status = HttpStatus.UNPROCESSABLE_ENTITY, when = "rows are bad; errors names each with its line")
    @Refuses(status = HttpStatus.PAYLOAD_TOO_LARGE, when = "the file is larger than 64 MB")
    @PostMapping(value = "/api/mapping/check", consumes = "text/csv")
    MappingPreviews.Preview.Good check(HttpServletRequest request) throws IOException {
        MappingPreviews.Preview preview = uploaded(request, previews::preview);
        if (preview instanceof MappingPreviews.Preview.Bad bad) {
            throw MappingRefusals.errors(bad.errors(), bad.count(), "");
        }
        return (MappingPreviews.Preview.Good) preview;
    }

    /** The answer is kept for a while by the archiver that gave it. */
    @Operation(
            summary = "Begins to ask the destination which mailboxes of a mapping file exist",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    @Refuses(status = HttpStatus.CONFLICT, when = "another check goes on; id names it")
    @Refuses(status = HttpStatus.UNPROCESSABLE_ENTITY, when = "rows are bad; errors names each with its line")
    @Refuses(status = HttpStatus.PAYLOAD_TOO_LARGE, when = "the file is larger than 64 MB")
    @PostMapping(value = "/api/mapping/mailboxes", consumes = "text/csv")
    ResponseEntity<MailboxChecks.Progress> start(HttpServletRequest request, Principal administrator)
            throws IOException {
        MailboxChecks.Start start = uploaded(request, csv -> checks.start(csv, administrator.getName()));
        if (start instanceof MailboxChecks.Start.Busy busy) {
            throw Refusal.of(HttpStatus.CONFLICT, busy.sentence()).with("id", busy.id());
        }
        if (start instanceof MailboxChecks.Start.Bad bad) {
            throw MappingRefusals.errors(bad.errors(), bad.count(), "");
        }
        String id = ((MailboxChecks.Start.Started) start).id();
        return ResponseEntity.accepted().location(URI.create(MAILBOXES + id)).body(progress(id));
    }

    @Operation(summary = "How far the check of a mapping file's mailboxes is, and what it has found")
    @GetMapping(MAILBOXES + "{id}")
    MailboxChecks.Progress progress(@PathVariable String id) {
        return checks.progress(id)
                .orElseThrow(
                        () -> Refusal.notFound(
                                "There is no check of mailboxes " + Printable.quoted(id)
                                        + "; the archiver that began it remembers the last 20 until it stops. Start one by POST /api/mapping/mailboxes."));
    }

    /** It ends with the mailbox that is being asked for; one that has ended stays as it is. */
    @Operation(summary = "Has the check of a mapping file's mailboxes end")
    @DeleteMapping(MAILBOXES + "{id}")
    MailboxChecks.Progress cancel(@PathVariable String id) {
        checks.cancel(id);
        return progress(id);
    }

    private <T> T uploaded(HttpServletRequest request, Uploads.Look<T> look) throws IOException {
        if (request.getContentLengthLong() > MappingFileParser.MOST_BYTES) {
            throw MappingRefusals.tooLarge(request.getInputStream(), "");
        }
        CountedStream csv = new CountedStream(request.getInputStream());
        T found = uploads.held(csv, look);
        if (csv.count() > MappingFileParser.MOST_BYTES) {
            throw MappingRefusals.tooLarge(csv, "");
        }
        return found;
    }
}
