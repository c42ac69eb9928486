package org.chatarchiver.archive;

import org.chatarchiver.telemessage.Chunk;

/** Some neighbouring elements of the page at work. */
public record WorkChunk(PageWork work, Chunk chunk) {}
