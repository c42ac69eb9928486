package org.chatarchiver.sandbox;

import java.time.Instant;
import java.util.Map;

/**
 * A message of the sample traffic.
 *
 * @param received by TeleMessage: what windows are about
 * @param attachments by id, those that the message refers to by href
 * @param again whether the feed gave it before, under the same id and with the same bytes
 */
public record Sample(
        String network,
        Instant received,
        MessageWriter json,
        Map<String, byte[]> attachments,
        boolean again,
        Expectation expectation) {

    /** Makes the feed serve it. */
    public void sendTo(FeedSimulator feed) {
        attachments.forEach((id, bytes) -> feed.attachment(id, MessageWriter.of(bytes)));
        if (again) {
            feed.addAgain(network, received, json);
        } else {
            feed.add(network, received, json);
        }
    }
}
