package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;

/** A process of its own, with whatever flags its JVM was given, that writes every golden letter anew; ends badly where a byte differs. */
final class GoldenProgram {
    private GoldenProgram() {}

    public static void main(String[] args) throws Exception {
        for (GoldenMessage pair : GoldenMessage.all()) {
            assertThat(new ChatMime(ArchivedMessages.DOMAIN).write(pair.archived()))
                    .as(pair.name())
                    .isEqualTo(Files.readAllBytes(pair.eml()));
        }
    }
}
