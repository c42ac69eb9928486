package org.chatarchiver.routing;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody who wrote a name that is not known may have meant. */
final class Nearest {
    private static final int FARTHEST = 3;
    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(FARTHEST);
    private static final int MOST = 20;

    private Nearest() {}

    /** The known name that differs least; empty where none is like it. */
    static Optional<String> to(String name, Collection<String> known) {
        int most = Math.min(FARTHEST, name.length() / 2);
        return known.stream()
                .filter(one -> distance(name, one) <= most)
                .min(Comparator.<String>comparingInt(one -> distance(name, one)).thenComparing(one -> one));
    }

    private static int distance(String one, String other) {
        int distance = DISTANCE.apply(one, other);
        return distance < 0 ? Integer.MAX_VALUE : distance;
    }

    /** For the end of a sentence. */
    static String hint(String name, Collection<String> known) {
        return to(name, known)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElseGet(() -> known.isEmpty() || known.size() > MOST ? "" : "; known are " + new TreeSet<>(known));
    }
}
