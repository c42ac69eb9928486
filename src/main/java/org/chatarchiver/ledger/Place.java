package org.chatarchiver.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where a list goes on: the key of its last row, as a word that can stand in a URL. No part but the last may hold a blank. */
final class Place {
    private static final String SEPARATOR = " ";

    private Place() {}

    static String of(Object... key) {
        String text =
                String.join(SEPARATOR, Arrays.stream(key).map(Object::toString).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its parts; empty for what is no place of so many. */
    static Optional<List<String>> parse(String word, int parts) {
        try {
            String[] key =
                    new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8).split(SEPARATOR, parts);
            return key.length < parts ? Optional.empty() : Optional.of(List.of(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
