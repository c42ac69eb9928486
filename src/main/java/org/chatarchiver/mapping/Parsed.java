package org.chatarchiver.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** What came of reading a mapping file: taken or refused, always as a whole. */
public sealed interface Parsed {

    record Accepted(MappingFile file) implements Parsed {}

    /**
     * @param errors the first {@value MappingFileParser#MOST_ERRORS} in the order of the lines, at least one
     * @param count how many there are, also those that are not listed
     */
    record Rejected(List<RowError> errors, long count) implements Parsed {
        public Rejected {
            errors = List.copyOf(errors);
        }

        @Override
        public String toString() {
            String more = count > errors.size() ? " (and " + (count - errors.size()) + " more)" : "";
            return errors.stream().map(RowError::toString).collect(Collectors.joining(" ")) + more;
        }

        static Rejected of(long line, String reason) {
            return new Rejected(List.of(new RowError(line, reason)), 1);
        }
    }
}
