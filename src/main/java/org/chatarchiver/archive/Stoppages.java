package org.chatarchiver.archive;

import java.util.Map;

/** Routes that are to run and do not. */
public interface Stoppages {

    /** By the id of the route: what is so and what helps, as a clause, printable. */
    Map<String, String> now();
}
