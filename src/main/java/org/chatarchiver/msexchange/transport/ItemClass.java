package org.chatarchiver.msexchange.transport;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.util.Locale;

/**
 * The item class of an e-mail: {@code Content-Class: urn:content-class:custom.X} gives {@code IPM.Note.Custom.X} (MS-OXCMAIL
 * 2.2.3.2.15), any other {@code IPM.Note}. It is printable ASCII without empty parts between its periods, and at most
 * 255 characters (MS-OXCMSG 2.2.1.3).
 */
public final class ItemClass {
    private static final String NOTE = "IPM.Note";
    private static final String CUSTOM = "urn:content-class:custom.";
    private static final int LONGEST = 255;

    private ItemClass() {}

    public static String of(byte[] content) {
        String contentClass = contentClass(content);
        if (!contentClass.toLowerCase(Locale.ROOT).startsWith(CUSTOM)) {
            return NOTE;
        }
        String name = contentClass
                .substring(CUSTOM.length())
                .replaceAll("[^!-~]", "_")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^\\.|\\.$", "");
        String custom = name.isEmpty() ? NOTE : NOTE + ".Custom." + name;
        return custom.substring(0, Math.min(custom.length(), LONGEST)).replaceAll("\\.$", "");
    }

    private static String contentClass(byte[] content) {
        String value = header(content);
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            // An encoded word in a charset that nobody knows: what stands there counts.
            return value;
        }
    }

    private static String header(byte[] content) {
        try {
            String value = new InternetHeaders(new ByteArrayInputStream(content)).getHeader("Content-Class", null);
            return value == null ? "" : MimeUtility.unfold(value).strip();
        } catch (MessagingException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }
}
