package org.chatarchiver.endtoend;

import java.io.IOException;

class DirectoryPagesTest extends PagesContract {
    @Override
    LandingZone zone() throws IOException {
        return LandingZone.directory();
    }
}
