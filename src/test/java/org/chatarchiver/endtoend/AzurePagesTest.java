package org.chatarchiver.endtoend;

import java.io.IOException;
import org.chatarchiver.servers.RequiresProgram;

@RequiresProgram("azurite-blob")
class AzurePagesTest extends PagesContract {
    @Override
    LandingZone zone() throws IOException {
        return LandingZone.azure();
    }
}
