package org.chatarchiver.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of {@link Page#reference()}. */
record PageReference(String run, int number) {
    private static final Pattern FORM = Pattern.compile("([^\\p{Cntrl}]{1,40})/([0-9]{1,9})");

    /** @return empty where the text is no reference, whoever has queued it */
    static Optional<PageReference> of(String text) {
        Matcher parts = FORM.matcher(text == null ? "" : text);
        return parts.matches()
                ? Optional.of(new PageReference(parts.group(1), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }
}
