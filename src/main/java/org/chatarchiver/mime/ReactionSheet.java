package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** A reaction to a message: its text is an emoji. */
final class ReactionSheet {
    private ReactionSheet() {}

    static Sheet of(Letter letter, MessageIds ids) {
        Message message = letter.message();
        boolean takenBack = takenBack(message);
        Sheet.Builder sheet =
                Sheet.titled(takenBack ? "A reaction to a message was taken back" : "Reaction to a message");
        Sheets.parties(sheet, message).fact("Time", Sheets.time(message.time()));
        return Sheets.about(sheet, letter, ids)
                .section("Reaction before", message.previousText())
                .section("Reaction", takenBack ? "" : message.text())
                .build();
    }

    /** Networks tell of it by a reaction without an emoji. A picture may stand for one. */
    static boolean takenBack(Message message) {
        return Invisible.all(message.text()) && message.attachments().isEmpty();
    }
}
