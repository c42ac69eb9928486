package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** A reaction to a message: its text is an emoji, or empty when the reaction was taken back. */
final class ReactionSheet {
    private ReactionSheet() {}

    static Sheet of(Letter letter, MessageIds ids) {
        Message message = letter.message();
        Sheet.Builder sheet = Sheet.titled("Reaction to a message");
        Sheets.parties(sheet, message).fact("Time", Sheets.time(message.time()));
        return Sheets.about(sheet, letter, ids)
                .section("Reaction", message.text())
                .build();
    }
}
