package org.chatarchiver.endtoend;

import java.io.IOException;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.Azurite;

/** Where an archiver lands: the same tests are asked of each. */
interface LandingZone extends AutoCloseable {
    RunningArchiver.Settings apply(RunningArchiver.Settings settings);

    @Override
    void close() throws IOException;

    static LandingZone directory() {
        return new LandingZone() {
            @Override
            public RunningArchiver.Settings apply(RunningArchiver.Settings settings) {
                return settings.set("archiver.landing", "file");
            }

            @Override
            public void close() {}
        };
    }

    /** A container in an Azurite of its own. */
    static LandingZone azure() throws IOException {
        Azurite azurite = Azurite.start();
        return new LandingZone() {
            @Override
            public RunningArchiver.Settings apply(RunningArchiver.Settings settings) {
                return settings.set("archiver.landing", "azure")
                        .set("archiver.azure.container", "landing")
                        .set("archiver.azure.connection-string", azurite.connectionString());
            }

            @Override
            public void close() throws IOException {
                azurite.close();
            }
        };
    }
}
