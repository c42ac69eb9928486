package org.chatarchiver.routing;

import org.chatarchiver.landing.LandingPath;

/** An attachment that a page names by href, to be landed beside the page. */
public record AttachmentRef(Connector connector, LandingPath run, String href) {}
