package org.chatarchiver.routing;

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
 * Where the route files are, and what those of connectors may say.
 *
 * @param routes directory of the route files, watched while the archiver runs; written as shipped where it is missing
 * @param routesWatch time between two looks at the route files; what two in a row have found alike is taken
 * @param networks those that a connector file may name
 */
@Validated
@ConfigurationProperties("archiver")
public record RoutesProperties(
        @NotNull @DefaultValue("routes") Path routes,

        @NotNull @DurationMin(millis = 100) @DefaultValue("5s")
        Duration routesWatch,

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
        @NotNull Set<@Pattern(regexp = "[A-Z][A-Z0-9_]{0,39}") String> networks) {}
