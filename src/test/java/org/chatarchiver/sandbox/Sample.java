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

    /** Makes the feed serve it to whoever may have the network. */
    public void sendTo(FeedSimulator feed) {
        sendTo(feed, network);
    }

    /** Makes the feed serve it to this account. */
    public void sendTo(FeedSimulator feed, FeedAccount account) {
        sendTo(feed, account.lane(network));
    }

    private void sendTo(FeedSimulator feed, String lane) {
        attachments.forEach((id, bytes) -> feed.attachment(id, MessageWriter.of(bytes)));
        if (again) {
            feed.addAgain(lane, received, json);
        } else {
            feed.add(lane, received, json);
        }
    }
}
