package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** A reaction to a message: its text is an emoji. */
final class ReactionBody {
    private ReactionBody() {}

    static MailBody of(ArchivedMessage archived, MessageIds ids) {
        Message message = archived.message();
        boolean takenBack = takenBack(message);
        MailBody.Builder body =
                MailBody.titled(takenBack ? "A reaction to a message was taken back" : "Reaction to a message");
        MailBodies.parties(body, message).fact("Time", MailBodies.time(message.time()));
        return MailBodies.about(body, archived, ids)
                .section("Reaction before", message.previousText())
                .section("Reaction", takenBack ? "" : message.text())
                .build();
    }

    /** Networks tell of it by a reaction without an emoji. A picture may stand for one. */
    static boolean takenBack(Message message) {
        return Invisible.all(message.text()) && message.attachments().isEmpty();
    }
}
