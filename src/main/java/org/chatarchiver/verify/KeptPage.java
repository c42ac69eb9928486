package org.chatarchiver.verify;

import org.chatarchiver.ledger.Page;

/**
 * A page of a run that is verified.
 *
 * @param removed on purpose, since it was kept for as long as it had to be
 */
public record KeptPage(Verification verification, Page page, boolean removed) {}
