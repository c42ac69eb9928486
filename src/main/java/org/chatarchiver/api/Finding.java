package org.chatarchiver.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.chatarchiver.ledger.Channel;

/**
 * Something that is not right now.
 *
 * @param kind the same for all of its kind
 * @param title of its kind, in words
 * @param sentence what is so
 * @param cure what to do
 * @param channel whose entries it is of; null for none
 */
public record Finding(
        String kind,
        String title,
        String sentence,
        String cure,
        @JsonIgnore Channel channel) {
    Finding(String kind, String title, String sentence, String cure) {
        this(kind, title, sentence, cure, null);
    }
}
