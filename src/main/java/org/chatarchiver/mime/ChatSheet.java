package org.chatarchiver.mime;

/** The HTML form of a chat or of files: the text alone, under the subject where the source gave one. */
final class ChatSheet {
    private ChatSheet() {}

    static Sheet of(Letter letter) {
        return Sheet.titled(letter.message().subject())
                .section("", letter.message().text())
                .build();
    }
}
