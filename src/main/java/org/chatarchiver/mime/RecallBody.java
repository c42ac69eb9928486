package org.chatarchiver.mime;

import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;

/** A deletion, for everybody or only on the owner's device; the deleted message stays in the mailbox. */
final class RecallBody {
    private RecallBody() {}

    static MailBody of(ArchivedMessage archived, MessageIds ids) {
        Message message = archived.message();
        String whom = message.kind() == Kind.RECALL_FOR_ALL ? "for all" : "for me";
        MailBody.Builder body = MailBody.titled("A message was deleted " + whom);
        MailBodies.parties(body, message).fact("Deleted", MailBodies.time(message.time()));
        return MailBodies.about(body, archived, ids)
                .section("Text before", message.previousText())
                .section("Text", message.text())
                .build();
    }
}
