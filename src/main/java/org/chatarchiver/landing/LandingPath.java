package org.chatarchiver.landing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;

/**
 * The folder of one run, {@code <connector>/<yyyy>/<MM>/<dd>/<run>}, and the names in it. Every part is checked, so that no path leads out
 * of the landing zone.
 *
 * @param connector the connector's id
 * @param day the day, in UTC, on which the run started
 * @param run the run's id: letters, digits, {@code -} and {@code _}
 */
public record LandingPath(String connector, LocalDate day, String run) {
    private static final Pattern CONNECTOR = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final Pattern FOLDER = Pattern.compile("([^/]+)/(\\d{4}/\\d{2}/\\d{2})/([^/]+)/.+");
    private static final Pattern REJECTED = Pattern.compile("(.+-rejected-)1(\\.[^/]*)");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    public LandingPath {
        require(CONNECTOR, connector, "connector id");
        require(RUN, run, "run id");
        if (day.getYear() < 1990 || day.getYear() > 9999) {
            throw new IllegalArgumentException("the run's day " + day + " is out of range");
        }
    }

    public static LandingPath of(String connector, Instant runStart, String run) {
        return new LandingPath(connector, LocalDate.ofInstant(runStart, ZoneOffset.UTC), run);
    }

    /** The run that a landed object belongs to. */
    public static LandingPath containing(String path) {
        Matcher parts = FOLDER.matcher(checked(path));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "landing path \"" + Printable.of(path) + "\" is not <connector>/<yyyy>/<MM>/<dd>/<run>/<name>");
        }
        return new LandingPath(parts.group(1), LocalDate.parse(parts.group(2), DAY), parts.group(3));
    }

    public String folder() {
        return connector + "/" + DAY.format(day) + "/" + run;
    }

    /** @param number from 1 */
    public String page(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("pages are counted from 1, not " + number);
        }
        return folder() + "/" + number + ".json.gz";
    }

    public String manifest() {
        return folder() + "/manifest.json";
    }

    /** Where it stands that retention has removed pages of the run, so that a ledger which has lost it does not miss them. */
    String retention() {
        return folder() + "/retention.json";
    }

    /** Whether an object in the folder of a run tells of the run, and is no part of what it has landed. */
    static boolean tells(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals("retention.json") || name.startsWith("manifest") && name.endsWith(".json");
    }

    /** The folder of the run's attachments. */
    String attachments() {
        return folder() + "/attachments";
    }

    /** Where an attachment's bytes go. */
    public String attachment(String sha256) {
        require(SHA256, sha256, "SHA-256");
        return attachments() + "/" + sha256;
    }

    /** Where a mapping file of a connector goes, beside the years of its runs. */
    static String mapping(String connector, String sha256) {
        require(CONNECTOR, connector, "connector id");
        require(SHA256, sha256, "SHA-256");
        return connector + "/mapping/" + sha256 + ".csv.gz";
    }

    /** Where it stands what became of the attachment that the source names by this href. */
    public String pointer(String href) {
        return attachments() + "/" + Sha256.of(href) + ".json";
    }

    /** Where bytes go that came for a page and are none: beside it, {@code 1-rejected-1.json.gz}. */
    static String rejected(String page) {
        return attempt(page, "rejected-1");
    }

    /** The name for another try, because other bytes hold the first one: {@code 1.json.gz}, {@code 1-2.json.gz}, {@code 1-3.json.gz} ...; {@code 1-rejected-1.json.gz}, {@code 1-rejected-2.json.gz} ... */
    static String attempt(String path, int attempt) {
        if (attempt == 1) {
            return path;
        }
        Matcher rejected = REJECTED.matcher(path);
        return rejected.matches()
                ? rejected.group(1) + attempt + rejected.group(2)
                : attempt(path, Integer.toString(attempt));
    }

    private static String attempt(String path, String suffix) {
        int name = path.lastIndexOf('/') + 1;
        int dot = path.indexOf('.', name);
        int end = dot < 0 ? path.length() : dot;
        return path.substring(0, end) + "-" + suffix + path.substring(end);
    }

    /** The path itself, if it is a relative path of harmless parts. */
    static String checked(String path) {
        for (String part : path.split("/", -1)) {
            require(PART, part, "part of the landing path");
        }
        return path;
    }

    private static void require(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " \"" + Printable.of(value) + "\" does not match " + pattern);
        }
    }
}
