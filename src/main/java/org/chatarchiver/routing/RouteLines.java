package org.chatarchiver.routing;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Cuts elements out of a route file without moving them: what Camel says of a line is true of the file. */
final class RouteLines {
    private RouteLines() {}

    /** Whether each entry of the file's list begins a line of its own, with a dash: block style, as editors write it. */
    static boolean isInLines(RouteFile file) {
        List<String> lines = file.text().lines().toList();
        Set<Integer> begun = new HashSet<>();
        return file.elements().stream()
                .map(node -> node.getStartMark().getLine())
                .allMatch(line -> line < lines.size()
                        && begun.add(line)
                        && lines.get(line).stripLeading().startsWith("-"));
    }

    /** The text of the file with nothing but these of its elements, and what counts for all: its error handling. */
    static String only(RouteFile file, Collection<RouteElement> wanted) {
        if (!isInLines(file)) {
            return file.text();
        }
        Set<Integer> kept = new HashSet<>();
        wanted.forEach(element -> kept.add(element.line()));
        TreeSet<Integer> begins = new TreeSet<>();
        for (RouteElement element : RouteElement.of(file)) {
            begins.add(element.line());
            if (element.kind() == RouteElement.Kind.ERROR_HANDLING) {
                kept.add(element.line());
            }
        }
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (String line : file.text().lines().toList()) {
            Integer begin = begins.floor(number);
            if (begin == null || kept.contains(begin)) {
                text.append(line);
            }
            text.append('\n');
            number++;
        }
        return text.toString();
    }
}
