package org.chatarchiver.archive;

import java.util.Optional;

/** Why landed pages are not worked on. */
public interface Hindrances {

    /** One sentence, printable; empty where nothing hinders the connector's pages. */
    Optional<String> of(String connector);
}
