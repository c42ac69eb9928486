package org.chatarchiver.telemessage;

import java.util.OptionalLong;

/**
 * What the collector needs to know of a page.
 *
 * @param totalCount messages in the whole window as the feed says; empty where it does not
 * @param nextCursor opaque; null on the last page
 * @param messages elements of the page, of whatever form
 * @param attachmentsByHref whether any attachment has to be fetched by itself
 * @param ids of the messages and their owners
 */
public record PageSummary(
        OptionalLong totalCount, String nextCursor, long messages, boolean attachmentsByHref, DistinctCaptures ids) {}
