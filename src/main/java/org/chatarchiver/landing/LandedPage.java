package org.chatarchiver.landing;

import java.time.DateTimeException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page found in the landing zone.
 *
 * @param number from 1
 * @param attempt 1, or more where other bytes held the name
 */
public record LandedPage(LandingPath run, int number, int attempt, String path) {
    private static final Pattern NAME = Pattern.compile("([1-9]\\d{0,8})(?:-([2-9]|[1-9]\\d{1,3}))?\\.json\\.gz");
    private static final int PARTS = 6;

    /** Empty for attachments, manifests and whatever else may lie there. */
    public static Optional<LandedPage> parse(String path) {
        Matcher name = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (!name.matches() || path.split("/", -1).length != PARTS) {
            return Optional.empty();
        }
        try {
            int attempt = name.group(2) == null ? 1 : Integer.parseInt(name.group(2));
            return Optional.of(
                    new LandedPage(LandingPath.containing(path), Integer.parseInt(name.group(1)), attempt, path));
        } catch (IllegalArgumentException | DateTimeException e) {
            // A foreign file whose folders only look like ours.
            return Optional.empty();
        }
    }
}
