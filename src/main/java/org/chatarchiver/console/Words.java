package org.chatarchiver.console;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How numbers and times are written in pages, whatever the machine's own way. */
@Component("words")
class Words {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
    }

    /** For whoever has no script, which writes it as the reader's own time. */
    public String utc(Instant at) {
        return UTC.format(at);
    }

    /** One and several of a thing: {@code 1 page}, {@code 1,200 pages}. */
    public String count(long number, String one) {
        return number(number) + " " + (number == 1 ? one : one + "s");
    }

    /** Roughly: {@code 40 seconds}, {@code 3 minutes}, {@code 5 hours}. */
    public String lasting(long seconds) {
        if (seconds < 90) {
            return count(seconds, "second");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 90 ? count(minutes, "minute") : count(Math.round(minutes / 60.0), "hour");
    }

    /** A name of a state as a part of a sentence. */
    public String lower(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
