package org.chatarchiver.telemessage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.chatarchiver.message.Blanks;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.PartyIds;

/** Joins the plain {@code from} and {@code to} with their enriched forms. */
final class PartyFields {
    /** Both forms come from the source, which gives national numbers in neither. */
    private static final PartyIds IDS = new PartyIds("");

    private static final Pattern PLUS = Pattern.compile("\\+[0-9 ()/-]+");
    private static final Pattern SIGNS = Pattern.compile("[^0-9]");

    private PartyFields() {}

    /** An enriched party as read: any part may be empty. */
    static final class Enriched {
        String value = "";
        String firstName = "";
        String lastName = "";
        String email = "";

        /** Reads one field of the party; skips what is none. */
        void read(String field, String part, ElementFields fields) throws IOException {
            switch (part) {
                case "value" -> value = fields.string(field + ".value");
                case "userEmailAddress" -> email = fields.string(field + ".userEmailAddress");
                case "fullName" ->
                    fields.object(field + ".fullName", name -> {
                        switch (name) {
                            case "firstName" -> firstName = fields.string(field + ".fullName.firstName");
                            case "lastName" -> lastName = fields.string(field + ".fullName.lastName");
                            default -> fields.skip();
                        }
                    });
                default -> fields.skip();
            }
        }

        private Party as(String other) {
            return new Party(other, firstName, lastName, email);
        }
    }

    /** Null where there is no value and no name. */
    static Party named(Enriched enriched) {
        boolean nameless = Blanks.isAll(enriched.firstName) && Blanks.isAll(enriched.lastName);
        return Blanks.isAll(enriched.value) && nameless ? null : enriched.as(enriched.value);
    }

    /** Null where neither names a sender. There is one sender only, so its two forms belong together even if they are written differently. */
    static Party sender(String from, Enriched enriched) {
        String value = Blanks.isAll(from) ? enriched.value : from;
        return Blanks.isAll(value) ? null : enriched.as(value);
    }

    /**
     * The recipients in the order of {@code to}, enriched by value, or by index where the enriched form has no value: never by index
     * otherwise, which would give a person another's e-mail address. Enriched recipients that {@code to} lacks are added; what shows nothing
     * in {@code to} only keeps its index.
     */
    static List<Party> recipients(List<String> to, List<Enriched> enriched) {
        List<Party> parties = new ArrayList<>();
        List<Enriched> left = new ArrayList<>(enriched);
        for (int i = 0; i < to.size(); i++) {
            if (Blanks.isAll(to.get(i))) {
                continue;
            }
            Enriched match = match(to.get(i), i, enriched);
            left.remove(match);
            parties.add(match == null ? Party.of(to.get(i)) : match.as(to.get(i)));
        }
        left.stream().filter(e -> !Blanks.isAll(e.value)).forEach(e -> parties.add(e.as(e.value)));
        return parties;
    }

    private static Enriched match(String value, int index, List<Enriched> enriched) {
        for (Enriched candidate : enriched) {
            if (value.equals(candidate.value)) {
                return candidate;
            }
        }
        String key = key(value);
        for (Enriched candidate : enriched) {
            if (key.equals(key(candidate.value))) {
                return candidate;
            }
        }
        return index < enriched.size() && Blanks.isAll(enriched.get(index).value) ? enriched.get(index) : null;
    }

    /** A plus in front says that it is a number, even if no country has any of its length: then too the signs between do not count. */
    private static String key(String value) {
        String key = IDS.received(value).key();
        return PLUS.matcher(key).matches() ? SIGNS.matcher(key).replaceAll("") : key;
    }
}
