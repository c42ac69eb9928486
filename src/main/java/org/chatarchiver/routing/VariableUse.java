package org.chatarchiver.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chatarchiver.message.Printable;

/** Variables that routes set and read: Camel gives null for one that nobody has set, and goes on. */
final class VariableUse {
    private final Map<String, Problem> set = new LinkedHashMap<>();
    private final Map<String, Problem> read = new LinkedHashMap<>();

    void set(String name, Problem at) {
        set.putIfAbsent(name, at);
    }

    void read(String name, Problem at) {
        read.putIfAbsent(name, at);
    }

    /** One that is read must be known or set somewhere; one that is set and never read may be a misspelling. */
    void check(CheckedRoutes found) {
        Set<String> known = new TreeSet<>(Variables.ALL);
        read.forEach((name, at) -> {
            if (!known.contains(name) && !set.containsKey(name)) {
                found.problems()
                        .add(told(at, "uses the variable '", name, "', which nothing sets; known are " + known));
            }
        });
        set.forEach((name, at) -> {
            if (!known.contains(name) && !read.containsKey(name)) {
                found.warnings()
                        .add(told(at, "sets the variable '", name, "', which nothing reads; known are " + known));
            }
        });
    }

    private static Problem told(Problem at, String before, String name, String after) {
        return new Problem(at.file(), at.line(), before + Printable.of(name) + after);
    }
}
