package org.chatarchiver.routing;

import java.util.List;
import java.util.Map;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;

/**
 * What is to run, now that the files are what they are.
 *
 * @param inForce each good file as it is, and of each bad one the text that was good before, if there was any
 * @param connectors those of the files in force, by id
 * @param problems what is wrong with bad files
 * @param warnings what makes good files hard to read
 */
record Judgement(
        List<RouteFile> inForce, Map<String, Connector> connectors, List<Problem> problems, List<Problem> warnings) {
    boolean isUsable() {
        return inForce.stream().anyMatch(file -> !file.isConnector());
    }
}
