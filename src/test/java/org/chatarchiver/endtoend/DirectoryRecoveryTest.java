package org.chatarchiver.endtoend;

import java.io.IOException;

class DirectoryRecoveryTest extends RecoveryContract {
    @Override
    LandingZone zone() throws IOException {
        return LandingZone.directory();
    }
}
