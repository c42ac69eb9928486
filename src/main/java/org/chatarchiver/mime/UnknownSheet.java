package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** A kind of message that is not known yet: everything that the source said in known fields. */
final class UnknownSheet {
    private UnknownSheet() {}

    static Sheet of(Letter letter, MessageIds ids) {
        Message message = letter.message();
        Sheet.Builder sheet = Sheet.titled(Subjects.network(letter) + " item of an unknown kind");
        sheet.fact("Context", message.context()).fact("Event", message.eventType());
        Sheets.parties(sheet, message).fact("Time", Sheets.time(message.time()));
        return CallSheet.calls(Sheets.about(sheet, letter, ids), message)
                .section("Text before", message.previousText())
                .section("Text", message.text())
                .build();
    }
}
