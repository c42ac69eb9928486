package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** An edit, with both texts. */
final class EditBody {
    private EditBody() {}

    static MailBody of(ArchivedMessage archived, MessageIds ids) {
        Message message = archived.message();
        MailBody.Builder body = MailBody.titled("A message was edited");
        MailBodies.parties(body, message).fact("Edited", MailBodies.time(message.time()));
        return MailBodies.about(body, archived, ids)
                .section("Text before", message.previousText())
                .section("Text after", message.text())
                .build();
    }
}
