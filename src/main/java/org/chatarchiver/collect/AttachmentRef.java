package org.chatarchiver.collect;

import org.chatarchiver.connector.Connector;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.message.Declared;

/** An attachment that a page names by href, to be landed beside the page; what comes is held against what was declared. */
public record AttachmentRef(Connector connector, LandingPath run, String href, Declared declared) {}
