package org.chatarchiver.routing;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the routes are and how much they carry.
 *
 * @param routes directory of the route files
 * @param landing which of {@code routes/landing} is used: file or azure
 * @param pageQueue Camel URI of the page queue
 * @param networks that a connector file may name
 * @param chunk how much of a page is worked on at a time
 */
@Validated
@ConfigurationProperties("archiver")
public record RoutesProperties(
        @NotNull @DefaultValue("routes") Path routes,
        @NotBlank @DefaultValue("file") String landing,
        @NotBlank String pageQueue,

        @DefaultValue({
            "WECHAT",
            "WHATSAPP",
            "ANDROID",
            "ATT",
            "BELL",
            "ENTERPRISE_NUMBER",
            "O2",
            "ROGERS",
            "SIGNAL",
            "TELEGRAM",
            "TELUS",
            "VERIZON"
        })
        Set<String> networks,

        @NotNull @DefaultValue Limits limits,
        @NotNull @DefaultValue Chunk chunk) {

    /**
     * Sizes of product.md 7.
     *
     * @param attachment decoded
     * @param item text and attachments together, decoded
     * @param email encoded
     */
    public record Limits(
            @NotNull @DefaultValue("10MB") DataSize attachment,
            @NotNull @DefaultValue("10MB") DataSize item,
            @NotNull @DefaultValue("35MB") DataSize email) {}

    /** @param bytes text and attachments held in memory at a time, per page in work */
    public record Chunk(
            @DefaultValue("1000") int messages,
            @NotNull @DefaultValue("4MB") DataSize bytes) {}
}
