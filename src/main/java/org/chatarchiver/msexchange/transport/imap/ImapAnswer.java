package org.chatarchiver.msexchange.transport.imap;

import java.util.Locale;
import java.util.regex.Pattern;
import org.chatarchiver.msexchange.transport.Text;
import org.eclipse.angus.mail.iap.Response;

/**
 * A status response (RFC 3501 section 7.1).
 *
 * @param code its response code without arguments, upper case, such as {@code TRYCREATE}; empty where there is none
 * @param arguments the code's arguments, as given
 * @param text the words for people
 */
record ImapAnswer(Status status, String code, String arguments, String text) {
    /** What base64 or a token looks like. */
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/=_.~-]{40,}");

    enum Status {
        OK,
        NO,
        BAD,
        BYE
    }

    static ImapAnswer of(Response response) {
        Status status =
                response.isOK() ? Status.OK : response.isNO() ? Status.NO : response.isBYE() ? Status.BYE : Status.BAD;
        response.reset();
        return parse(status, response.getRest());
    }

    static ImapAnswer parse(Status status, String rest) {
        int end = rest.startsWith("[") ? rest.indexOf(']') : -1;
        if (end < 0) {
            return new ImapAnswer(status, "", "", rest.strip());
        }
        String[] words = rest.substring(1, end).split(" ", 2);
        return new ImapAnswer(
                status,
                words[0].toUpperCase(Locale.ROOT),
                words.length > 1 ? words[1] : "",
                rest.substring(end + 1).strip());
    }

    boolean ok() {
        return status == Status.OK;
    }

    /** With more words for people. */
    ImapAnswer with(String words) {
        return words.isEmpty() ? this : new ImapAnswer(status, code, arguments, text + " " + words);
    }

    /** To a log-in: some servers quote what they did not understand, and that holds the password or the token. */
    ImapAnswer withoutSecrets() {
        return new ImapAnswer(
                status,
                code,
                LONG_WORD.matcher(arguments).replaceAll("..."),
                LONG_WORD.matcher(text).replaceAll("..."));
    }

    /** For details: the answer as the server gave it. */
    @Override
    public String toString() {
        return Text.excerpt(status + (code.isEmpty() ? "" : " [" + code + "]") + " " + text);
    }
}
