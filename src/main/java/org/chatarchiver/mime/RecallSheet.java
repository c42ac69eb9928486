package org.chatarchiver.mime;

import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;

/** A deletion, for everybody or only on the owner's device; the deleted message stays in the mailbox. */
final class RecallSheet {
    private RecallSheet() {}

    static Sheet of(Letter letter, MessageIds ids) {
        Message message = letter.message();
        String whom = message.kind() == Kind.RECALL_FOR_ALL ? "for all" : "for me";
        Sheet.Builder sheet = Sheet.titled("A message was deleted " + whom);
        Sheets.parties(sheet, message).fact("Deleted", Sheets.time(message.time()));
        return Sheets.about(sheet, letter, ids)
                .section("Text before", message.previousText())
                .section("Text", message.text())
                .build();
    }
}
