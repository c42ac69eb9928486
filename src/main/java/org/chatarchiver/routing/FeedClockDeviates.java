package org.chatarchiver.routing;

import java.time.Duration;

/**
 * Published when the feed's clock is first seen to be off ours by more than the settling time.
 *
 * @param deviation the feed's clock minus ours
 */
public record FeedClockDeviates(Duration deviation) {}
