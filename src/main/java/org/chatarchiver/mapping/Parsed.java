package org.chatarchiver.mapping;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.message.Printable;

/** What came of reading a mapping file: taken or refused, always as a whole. */
public sealed interface Parsed {

    record Accepted(MappingFile file) implements Parsed {}

    /**
     * @param errors the first {@value MappingFileParser#MOST_ERRORS} in the order of the lines, at least one
     * @param count how many there are, also those that are not listed
     * @param missing whether there is no file at all
     */
    record Rejected(List<RowError> errors, long count, boolean missing) implements Parsed {
        public Rejected {
            errors = List.copyOf(errors);
        }

        @Override
        public String toString() {
            String more = count > errors.size() ? " (and " + (count - errors.size()) + " more)" : "";
            return errors.stream().map(RowError::toString).collect(Collectors.joining(" ")) + more;
        }

        /** @param inUse whether another mapping stays in use */
        public String sentence(String connector, boolean inUse) {
            String wrong = missing ? "is not there" : "is refused";
            String cure = missing ? "put there" : "mended";
            return "The mapping file of '" + connector + "' " + wrong + ", "
                    + (inUse ? "the one in use stays" : "and its pages wait until it is " + cure) + ": "
                    + summary();
        }

        /** The first error, and how many there are beside it. */
        String summary() {
            return errors.get(0) + (count == 1 ? "" : " (and " + (count - 1) + " more)");
        }

        Rejected(List<RowError> errors, long count) {
            this(errors, count, false);
        }

        static Rejected of(long line, String reason) {
            return new Rejected(List.of(new RowError(line, reason)), 1);
        }

        /** Shown with its whole path: a relative one starts at a directory that the reader of a log need not know. */
        static Rejected missing(Path file) {
            String path = file.toAbsolutePath().normalize().toString();
            return new Rejected(List.of(new RowError(0, "There is no file " + Printable.quoted(path) + ".")), 1, true);
        }
    }
}
