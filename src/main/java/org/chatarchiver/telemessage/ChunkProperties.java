package org.chatarchiver.telemessage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much of a page is worked on at a time.
 *
 * @param messages elements of a page that are worked on at a time, at most
 * @param bytes bytes of text and attachments that are held in memory at a time, for each page in work
 */
@Validated
@ConfigurationProperties("archiver.chunk")
public record ChunkProperties(
        @Min(1) @Max(100_000) @DefaultValue("1000") int messages,
        @NotNull @DefaultValue("4MB") DataSize bytes) {
    public ChunkProperties {
        if (bytes.toBytes() < 1) {
            throw new IllegalArgumentException("archiver.chunk.bytes is " + bytes + "; it must be at least 1B");
        }
    }
}
