package org.chatarchiver.connector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.mapping.MappingArchive;
import org.springframework.stereotype.Component;

/** Mapping files in the landing zone, beside the pages of their connector. */
@Component
class LandedMappings implements MappingArchive {
    private final Landings landings;

    LandedMappings(Landings landings) {
        this.landings = landings;
    }

    @Override
    public String keep(String connectorId, String sha256, Path csv) throws IOException {
        return landings.land(connectorId, sha256, csv).path();
    }

    @Override
    public InputStream open(String path, String sha256) throws IOException {
        return landings.open(path, sha256);
    }
}
