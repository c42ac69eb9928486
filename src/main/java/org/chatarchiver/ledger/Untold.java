package org.chatarchiver.ledger;

import java.time.Instant;

/**
 * An entry that the route of its channel is to be told of, by the one who claimed it.
 *
 * @param failed how often in a row that has failed
 * @param claimed until when nobody else tells it
 */
public record Untold(Channels.Entry entry, int failed, Instant claimed) {}
