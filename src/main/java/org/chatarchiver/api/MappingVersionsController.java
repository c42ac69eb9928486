package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersions;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.message.Printable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every mapping file that a connector was given, one whose own file is gone among them: which, by whom, when; its bytes; and back to it. */
@RestController
class MappingVersionsController {
    private static final String VERSIONS = "/api/connectors/{id}/mapping/versions";

    private final Connectors connectors;
    private final MappingVersions versions;
    private final MappingStore mappings;

    MappingVersionsController(Connectors connectors, MappingVersions versions, MappingStore mappings) {
        this.connectors = connectors;
        this.versions = versions;
        this.mappings = mappings;
    }

    /** The latest first. */
    @Operation(summary = "The mapping files that a connector was given, the latest first")
    @GetMapping(VERSIONS)
    Listing<MappingVersionView> list(
            @PathVariable String id,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        List<MappingVersion> rows = versions.list(id, before(after), Listing.rows(limit));
        if (rows.isEmpty() && connectors.find(id).isEmpty()) {
            throw Refusal.notFound("There is no connector '" + Printable.of(id) + "'; GET /api/connectors lists them.");
        }
        return Listing.of(rows, limit, MappingVersionView::of, MappingVersion::number);
    }

    private static long before(String after) {
        if (after.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("The parameter after is " + Printable.quoted(after)
                    + "; give what stands under next in the part of the list before.");
        }
    }

    /** Its end is reached only where the bytes are still those that were given. */
    @Operation(summary = "A mapping file as it was given")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary")))
    @Refuses(status = HttpStatus.FORBIDDEN, when = "the user is no DATA_CONNECTOR_ADMIN")
    @Refuses(status = HttpStatus.NOT_ACCEPTABLE, when = "CSV is not taken for an answer")
    @GetMapping(value = VERSIONS + "/{number}", produces = "text/csv")
    ResponseEntity<InputStreamResource> csv(@PathVariable String id, @PathVariable long number) throws IOException {
        MappingVersion version = version(id, number);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv"))
                .contentLength(version.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(version.connector() + "-" + version.number() + ".csv")
                                .build()
                                .toString())
                .body(new InputStreamResource(mappings.open(version)));
    }

    /** As a new version, which counts for every archiver at once. */
    @Operation(summary = "Makes an earlier mapping file the one in force")
    @Refuses(status = HttpStatus.CONFLICT, when = "the version was refused, or the connector has no mapping file")
    @Refuses(
            status = HttpStatus.UNPROCESSABLE_ENTITY,
            when = "its rows are bad by now; errors names each with its line")
    @PostMapping(VERSIONS + "/{number}/restore")
    MappingVersionView restore(@PathVariable String id, @PathVariable long number, Principal administrator)
            throws IOException {
        MappingVersion version = version(id, number);
        if (connectors.find(id).map(Connector::mapping).orElse("").isBlank()) {
            throw Refusal.of(
                    HttpStatus.CONFLICT,
                    "The connector '" + Printable.of(id)
                            + "' does not run, or has no mapping file; set its parameter mapping to file:<path> in its connector file first.");
        }
        if (version.state() == MappingVersion.State.REFUSED) {
            throw Refusal.of(
                    HttpStatus.CONFLICT,
                    "Version " + number + " was refused (" + version.refused()
                            + "); mend it and send it by PUT /api/connectors/" + Printable.of(id) + "/mapping.");
        }
        if (mappings.restore(version, administrator.getName()) instanceof Parsed.Rejected rejected) {
            throw MappingRefusals.errors(rejected.errors(), rejected.count(), MappingRefusals.STAYS);
        }
        return MappingVersionView.of(version(id, versions.inForce(id)));
    }

    private MappingVersion version(String id, long number) {
        return versions.find(id, number)
                .orElseThrow(() -> Refusal.notFound("The connector '" + Printable.of(id)
                        + "' has no mapping version " + number + "; GET /api/connectors/" + Printable.of(id)
                        + "/mapping/versions lists them."));
    }
}
