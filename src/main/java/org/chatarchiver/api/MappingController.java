package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.message.Printable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replaces a connector's mapping file: whole, or not at all. */
@RestController
class MappingController {
    private final Connectors connectors;
    private final MappingStore mappings;

    MappingController(Connectors connectors, MappingStore mappings) {
        this.connectors = connectors;
        this.mappings = mappings;
    }

    /** @param version the number under which the file is kept, and in force */
    record Accepted(String connector, int rows, long version) {}

    @Operation(
            summary = "Replaces the mapping file of a connector, whole or not at all",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    @Refuses(status = HttpStatus.CONFLICT, when = "the connector has no mapping file")
    @Refuses(status = HttpStatus.UNPROCESSABLE_ENTITY, when = "rows are bad; errors names each with its line")
    @Refuses(status = HttpStatus.PAYLOAD_TOO_LARGE, when = "the file is larger than 64 MB")
    @PutMapping(value = "/api/connectors/{id}/mapping", consumes = "text/csv")
    Accepted replace(@PathVariable String id, HttpServletRequest request, Principal administrator) throws IOException {
        Connector connector = connectors
                .find(id)
                .orElseThrow(() -> Refusal.notFound(
                        "There is no connector '" + Printable.of(id) + "'; GET /api/connectors lists them."));
        if (connector.mapping().isBlank()) {
            throw Refusal.of(
                    HttpStatus.CONFLICT,
                    "The connector '" + connector.id()
                            + "' has no mapping file; set its parameter mapping to file:<path> in its connector file first.");
        }
        if (request.getContentLengthLong() > MappingFileParser.MOST_BYTES) {
            throw MappingRefusals.tooLarge(request.getInputStream(), MappingRefusals.STAYS);
        }
        CountedStream csv = new CountedStream(request.getInputStream());
        Parsed parsed = mappings.replace(connector.id(), csv, administrator.getName());
        if (parsed instanceof Parsed.Accepted accepted) {
            return new Accepted(connector.id(), accepted.file().size(), mappings.version(connector.id()));
        }
        if (parsed instanceof Parsed.Rejected rejected) {
            throw csv.count() > MappingFileParser.MOST_BYTES
                    ? MappingRefusals.tooLarge(csv, MappingRefusals.STAYS)
                    : MappingRefusals.errors(rejected.errors(), rejected.count(), MappingRefusals.STAYS);
        }
        throw new IllegalStateException("Neither accepted nor rejected: " + parsed);
    }
}
