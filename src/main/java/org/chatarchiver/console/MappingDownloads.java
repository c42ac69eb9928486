package org.chatarchiver.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersions;
import org.chatarchiver.mapping.MappingStore;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** A mapping file that a connector was given, as it was: for administrators, since it names everybody. */
@Controller
class MappingDownloads {
    private final MappingVersions versions;
    private final MappingStore mappings;

    MappingDownloads(MappingVersions versions, MappingStore mappings) {
        this.versions = versions;
        this.mappings = mappings;
    }

    @GetMapping(SetupFrame.PATH + "/mappings/{id}/{number}.csv")
    ResponseEntity<InputStreamResource> csv(@PathVariable String id, @PathVariable long number) throws IOException {
        MappingVersion version = versions.find(id, number)
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "The connector has no such mapping file."));
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .contentLength(version.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(version.connector() + "-" + version.number() + ".csv")
                                .build()
                                .toString())
                .body(new InputStreamResource(mappings.open(version)));
    }
}
