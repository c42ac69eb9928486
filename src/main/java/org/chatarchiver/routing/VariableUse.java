package org.chatarchiver.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;

/**
 * Variables that routes set and read. Camel gives null for one that nobody has set, and goes on: a misspelling shows in a name that is
 * read and never set, or set and never read.
 */
final class VariableUse {
    private final Map<String, Problem> set = new LinkedHashMap<>();
    private final Map<String, Problem> read = new LinkedHashMap<>();

    void set(String name, Problem at) {
        set.putIfAbsent(name, at);
    }

    void read(String name, Problem at) {
        read.putIfAbsent(name, at);
    }

    /** The archiver itself reads and sets those of {@link Variables}; the others have both in the routes. */
    void check(List<Problem> problems) {
        Set<String> known = new TreeSet<>(Variables.ALL);
        read.forEach((name, at) -> {
            if (!known.contains(name) && !set.containsKey(name)) {
                problems.add(told(at, "uses the variable '", name, "', which nothing sets; known are " + known));
            }
        });
        set.forEach((name, at) -> {
            if (!known.contains(name) && !read.containsKey(name)) {
                problems.add(told(at, "sets the variable '", name, "', which nothing reads; known are " + known));
            }
        });
    }

    private static Problem told(Problem at, String before, String name, String after) {
        return new Problem(at.file(), at.line(), before + Printable.of(name) + after);
    }
}
