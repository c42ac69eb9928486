package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.connector.Problem;

/**
 * What was found in the route files.
 *
 * @param problems what would break a run, so that the files are refused
 * @param warnings what makes a file hard to read, and nothing else
 */
record CheckedRoutes(List<Problem> problems, List<Problem> warnings) {
    CheckedRoutes() {
        this(new ArrayList<>(), new ArrayList<>());
    }
}
