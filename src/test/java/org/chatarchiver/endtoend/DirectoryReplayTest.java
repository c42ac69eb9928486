package org.chatarchiver.endtoend;

import java.io.IOException;

class DirectoryReplayTest extends ReplayContract {
    @Override
    LandingZone zone() throws IOException {
        return LandingZone.directory();
    }
}
