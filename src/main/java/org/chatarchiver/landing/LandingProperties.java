package org.chatarchiver.landing;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where pages are landed. The data directory is a String, since Spring turns a Path into a resource of the class path first, and "data" might
 * be one.
 *
 * @param landing file, or azure with {@code archiver.azure.*}; chooses the route file of {@code routes/landing} too
 * @param data directory of the embedded ledger, the landing directory and the secrets; directories 0700, files 0600
 */
@ConfigurationProperties("archiver")
public record LandingProperties(
        @DefaultValue("file") String landing,
        @DefaultValue("data") String data) {

    public LandingProperties {
        if (!landing.equals("file") && !landing.equals("azure")) {
            throw new IllegalArgumentException("archiver.landing is \"" + landing + "\"; it must be file or azure");
        }
    }

    Path directory(String name) {
        return Path.of(data).resolve(name);
    }
}
