package org.chatarchiver.archive;

import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.CaptureKey;
import org.chatarchiver.message.Message;

/**
 * A message as the device of one owner captured it, standing in the chunk at hand.
 *
 * @param key names it
 * @param capture null for the first capture of the revision
 * @param fresh whether the ledger does not know it yet
 * @param message null for an element that could not be understood
 */
record Captured(CaptureKey key, Capture capture, boolean fresh, Message message) {
    boolean first() {
        return capture == null;
    }

    /** Behind the first one, and to be recorded. */
    boolean further() {
        return fresh && !first();
    }

    Captured with(Capture mapped) {
        return new Captured(key, mapped, fresh, message);
    }
}
