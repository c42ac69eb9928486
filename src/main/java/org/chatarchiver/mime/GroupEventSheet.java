package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** Something that happened to a group: join, leave, rename ... */
final class GroupEventSheet {
    private GroupEventSheet() {}

    static Sheet of(Letter letter) {
        Message message = letter.message();
        Sheet.Builder sheet = Sheet.titled("Group event: " + Subjects.event(message));
        return Sheets.parties(sheet, message)
                .fact("Time", Sheets.time(message.time()))
                .section("Text", message.text())
                .build();
    }
}
