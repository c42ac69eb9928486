package org.chatarchiver.mime;

import org.chatarchiver.message.Message;

/** Something that happened to a group: join, leave, rename ... */
final class GroupEventBody {
    private GroupEventBody() {}

    static MailBody of(ArchivedMessage archived) {
        Message message = archived.message();
        MailBody.Builder body = MailBody.titled("Group event: " + Subjects.event(message));
        return MailBodies.parties(body, message)
                .fact("Time", MailBodies.time(message.time()))
                .section("Text", message.text())
                .build();
    }
}
