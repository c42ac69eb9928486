package org.chatarchiver.msexchange.transport;

import java.nio.charset.StandardCharsets;

/** Names that folders can have, whatever the transport. */
public final class FolderNames {
    private FolderNames() {}

    /** Why no folder can have this name; null where one can. */
    public static TransportError objection(String folder) {
        if (folder.isBlank()) {
            return TransportError.lasting(Fault.FOLDER_REFUSED, "a folder's name must not be empty");
        }
        boolean control = folder.chars().anyMatch(Character::isISOControl);
        if (control || !StandardCharsets.UTF_16BE.newEncoder().canEncode(folder)) {
            return TransportError.lasting(
                    Fault.FOLDER_REFUSED, "folder name " + folder + " holds control characters or half characters");
        }
        return null;
    }
}
