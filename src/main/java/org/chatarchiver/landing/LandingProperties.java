package org.chatarchiver.landing;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where pages are landed.
 *
 * @param landing file or azure; chooses the route file of the same name, too
 * @param data the data directory; a String, since Spring turns a Path into a resource of the class path first, and "data" might be one
 */
@ConfigurationProperties("archiver")
record LandingProperties(
        @DefaultValue("file") String landing,
        @DefaultValue("data") String data) {

    LandingProperties {
        if (!landing.equals("file") && !landing.equals("azure")) {
            throw new IllegalArgumentException("archiver.landing is \"" + landing + "\"; it must be file or azure");
        }
    }

    Path directory(String name) {
        return Path.of(data).resolve(name);
    }
}
