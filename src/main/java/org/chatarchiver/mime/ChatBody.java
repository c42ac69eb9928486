package org.chatarchiver.mime;

/** The HTML form of a chat or of files: the text alone, under the subject where the source gave one. */
final class ChatBody {
    private ChatBody() {}

    static MailBody of(ArchivedMessage archived) {
        return MailBody.titled(archived.message().subject())
                .section("", archived.message().text())
                .build();
    }
}
