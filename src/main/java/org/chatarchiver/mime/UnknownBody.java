package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** A kind of message that is not known yet: everything that the source said in known fields. */
final class UnknownBody {
    private UnknownBody() {}

    static MailBody of(ArchivedMessage archived, MessageIds ids) {
        Message message = archived.message();
        MailBody.Builder body = MailBody.titled(Subjects.network(archived) + " item of an unknown kind");
        body.fact("Context", message.context()).fact("Event", message.eventType());
        MailBodies.parties(body, message).fact("Time", MailBodies.time(message.time()));
        return CallBody.calls(MailBodies.about(body, archived, ids), message)
                .section("Text before", message.previousText())
                .section("Text", message.text())
                .build();
    }
}
