package org.chatarchiver.console;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** How numbers and times are written in pages, whatever the machine's own way. */
@Component("words")
class Words {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern NUMBER = Pattern.compile("\\+?\\d{3,20}");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

    public String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
    }

    /** For whoever has no script, which writes it as the reader's own time. */
    public String utc(Instant at) {
        return UTC.format(at);
    }

    /**
     * A piece of a sentence.
     *
     * @param time that it is; null where it is text
     */
    public record Piece(String text, Instant time) {}

    /** The sentence cut around the times in it, so that a page can show them as the reader's own. */
    public List<Piece> pieces(String sentence) {
        List<Piece> pieces = new ArrayList<>();
        int end = 0;
        for (Matcher time = ISO.matcher(sentence); time.find(); ) {
            try {
                Instant at = Instant.parse(time.group());
                pieces.add(new Piece(sentence.substring(end, time.start()), null));
                pieces.add(new Piece(utc(at), at));
                end = time.end();
            } catch (DateTimeParseException e) {
                continue; // Something like a time, from outside: it stays text.
            }
        }
        pieces.add(new Piece(sentence.substring(end), null));
        return pieces;
    }

    /** One and several of a thing: {@code 1 page}, {@code 1,200 pages}, {@code 2 mailboxes}. */
    public String count(long number, String one) {
        return number(number) + " " + (number == 1 ? one : one.endsWith("x") ? one + "es" : one + "s");
    }

    /** Roughly: {@code 40 seconds}, {@code 3 minutes}, {@code 5 hours}. */
    public String lasting(long seconds) {
        if (seconds < 90) {
            return count(seconds, "second");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 90 ? count(minutes, "minute") : count(Math.round(minutes / 60.0), "hour");
    }

    /** Whether it is a phone number with nothing around it, which is read best in one line. */
    public boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** A name of a state as a part of a sentence. */
    public String lower(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
