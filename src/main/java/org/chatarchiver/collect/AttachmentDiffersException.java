package org.chatarchiver.collect;

import java.io.IOException;
import org.chatarchiver.landing.AttachmentPointer;

/** What came is not what the source declared: a broken transfer may be the reason, so it is asked for again. */
public class AttachmentDiffersException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient AttachmentPointer came;

    AttachmentDiffersException(AttachmentPointer came) {
        super(came.size() + " bytes came, which are not those that the source declared");
        this.came = came;
    }

    /** Where the bytes lie, which count if no better ones come. */
    AttachmentPointer came() {
        return came;
    }
}
