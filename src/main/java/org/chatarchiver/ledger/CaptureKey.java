package org.chatarchiver.ledger;

import java.util.UUID;

/**
 * Names a capture, the first of a revision as well as a further one.
 *
 * @param owner as in {@link Capture}; empty also for the first capture of a revision whose owner is not recorded
 */
public record CaptureKey(UUID message, String owner) {}
