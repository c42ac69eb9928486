package org.chatarchiver.routing;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the routes are.
 *
 * @param routes directory of the route files, read at start; written as shipped where it is missing
 * @param landing file, or azure with {@code archiver.azure.*}; chooses the route file of {@code routes/landing} too
 * @param pageQueue Camel URI of the page queue
 * @param networks those that a connector file may name
 * @param sweep time between two looks for pages that wait
 */
@Validated
@ConfigurationProperties("archiver")
public record RoutesProperties(
        @NotNull @DefaultValue("routes") Path routes,

        @NotNull @Pattern(regexp = "file|azure") @DefaultValue("file")
        String landing,

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
        @NotNull Set<@Pattern(regexp = "[A-Z][A-Z0-9_]{0,39}") String> networks,

        @NotNull @DurationMin(millis = 100) @DefaultValue("1m")
        Duration sweep) {}
