package org.chatarchiver.mime;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content type of an attachment, as far as it can be trusted. */
final class MediaTypes {
    static final String UNTYPED = "application/octet-stream";

    /** RFC 6838 4.2, with parameters after it. */
    private static final Pattern TYPE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}) *(;.*)?");

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset=\"?([A-Za-z0-9][A-Za-z0-9_.:+-]{0,39})\"?", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 1000;

    private MediaTypes() {}

    /**
     * Type and subtype in lower case, with the charset of a text; {@code application/octet-stream} for what is no valid type, and for
     * {@code multipart/*} and {@code message/*}, whose parts a reader would take for parts of the e-mail.
     */
    static String safe(String contentType) {
        String bare = bare(contentType);
        if (!bare.startsWith("text/")) {
            return bare;
        }
        Matcher charset = CHARSET.matcher(contentType);
        return charset.find() ? bare + "; charset=" + charset.group(1) : bare;
    }

    /** The same without parameters. */
    static String bare(String contentType) {
        String trimmed = contentType.strip();
        Matcher type = TYPE.matcher(trimmed);
        if (trimmed.length() > LONGEST || !type.matches()) {
            return UNTYPED;
        }
        String bare = type.group(1).toLowerCase(Locale.ROOT);
        return bare.startsWith("multipart/") || bare.startsWith("message/") ? UNTYPED : bare;
    }
}
