package org.chatarchiver.mime;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.Sha256;

/** A participant as a mailbox of RFC 5322 3.4: {@code "First Last" <address>}. */
final class Addresses {
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern E164 = Pattern.compile("\\+[0-9][0-9 ().-]{0,30}");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");
    private static final Pattern NOT_IN_LABEL = Pattern.compile("[^a-z0-9]+");
    private static final Pattern HYPHEN_AT_END = Pattern.compile("^-|-$");
    /** RFC 5321 4.5.3.1. */
    private static final int LONGEST_LOCAL = 64;

    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_QUOTED_WORD = 400;
    private static final int LONGEST_NAME = 1000;
    private static final int HASH_DIGITS = 40;
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~";

    private Addresses() {}

    /** @param separator what follows the address, "" or "," */
    static void append(HeaderField field, Party party, String network, String separator) {
        String name = name(party);
        if (quotable(name)) {
            String quoted = '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            for (String word : quoted.split(" ")) {
                field.token(word);
            }
        } else {
            field.encoded(name);
        }
        field.token("<" + of(party, network) + ">" + separator);
    }

    /**
     * The display name without control characters, at most 1,000 characters; the value where the name shows nothing. White space
     * of any kind becomes one space: in a phrase, readers do not keep it apart.
     */
    static String name(Party party) {
        String name = singleSpaced(party.display());
        return Clean.shortened(Invisible.all(name) ? singleSpaced(party.value()) : name, LONGEST_NAME);
    }

    private static String singleSpaced(String text) {
        String clean = Clean.header(text);
        StringBuilder out = new StringBuilder(clean.length());
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (!Clean.isSpace(c)) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        return out.toString().strip();
    }

    /**
     * The user's e-mail address where it is a valid one (an internationalised domain in its ASCII form), else one under
     * {@code .invalid} (RFC 2606), which no mail server will ever send to.
     */
    static String of(Party party, String network) {
        String known = party.email().isEmpty() ? "" : valid(party.email());
        return known.isEmpty() ? local(party.value()) + "@" + label(network) + ".invalid" : known;
    }

    private static String valid(String email) {
        int at = email.lastIndexOf('@');
        if (at < 1 || at > LONGEST_LOCAL || email.length() - at > LONGEST_DOMAIN + 1) {
            return "";
        }
        String local = email.substring(0, at);
        String domain = ascii(email.substring(at + 1));
        boolean fits = LOCAL.matcher(local).matches()
                && !local.contains("=?")
                && domain.length() <= LONGEST_DOMAIN
                && DOMAIN.matcher(domain).matches();
        return fits ? local + "@" + domain : "";
    }

    private static String ascii(String domain) {
        if (domain.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return domain;
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException notADomain) {
            return "";
        }
    }

    private static String local(String value) {
        if (E164.matcher(value).matches()) {
            return NO_DIGIT.matcher(value).replaceAll("");
        }
        String encoded = percentEncoded(Clean.wellFormed(value));
        if (encoded.length() <= LONGEST_LOCAL) {
            return encoded;
        }
        String hash = Sha256.of(value).substring(0, HASH_DIGITS);
        String start = encoded.substring(0, LONGEST_LOCAL - hash.length() - 1);
        int half = start.lastIndexOf('%');
        return (half > start.length() - 3 && half >= 0 ? start.substring(0, half) : start) + "-" + hash;
    }

    private static String percentEncoded(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            // A dot-atom has no dot at an end and no two in a row.
            boolean dot = b == '.' && i > 0 && i < bytes.length - 1 && bytes[i - 1] != '.';
            if (dot || UNRESERVED.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) b));
            }
        }
        return out.toString();
    }

    private static String label(String network) {
        String label = HYPHEN_AT_END
                .matcher(NOT_IN_LABEL.matcher(network.toLowerCase(Locale.ROOT)).replaceAll("-"))
                .replaceAll("");
        return label.isEmpty() ? "network" : label.substring(0, Math.min(label.length(), 63));
    }

    /**
     * Inside quotes, {@code =?} is taken for an encoded word by some, a line must not grow beyond 998, and Angus Mail's unfolding takes a
     * backslash away where a line ends behind one.
     */
    private static boolean quotable(String name) {
        int word = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            word = c == ' ' ? 0 : word + 1;
            if (c < 0x20 || c > 0x7e || word > LONGEST_QUOTED_WORD) {
                return false;
            }
        }
        return !name.isEmpty() && !name.contains("=?") && !name.contains("\\ ");
    }
}
