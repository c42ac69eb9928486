package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** An edit, with both texts. */
final class EditSheet {
    private EditSheet() {}

    static Sheet of(Letter letter, MessageIds ids) {
        Message message = letter.message();
        Sheet.Builder sheet = Sheet.titled("A message was edited");
        Sheets.parties(sheet, message).fact("Edited", Sheets.time(message.time()));
        return Sheets.about(sheet, letter, ids)
                .section("Text before", message.previousText())
                .section("Text after", message.text())
                .build();
    }
}
