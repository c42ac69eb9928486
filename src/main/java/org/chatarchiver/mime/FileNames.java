package org.chatarchiver.mime;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.chatarchiver.message.Attachment;

/** The name of an attachment as it may be saved to a disk without harm. */
final class FileNames {
    /** What common file systems take, in bytes of UTF-8. */
    private static final int LONGEST = 255;

    private static final int LONGEST_EXTENSION = 20;
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("application/octet-stream", "bin"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/svg+xml", "svg"),
            Map.entry("text/plain", "txt"),
            Map.entry("text/vcard", "vcf"),
            Map.entry("text/x-vcard", "vcf"),
            Map.entry("video/3gpp", "3gp"),
            Map.entry("video/quicktime", "mov"));

    private FileNames() {}

    /** @param number the attachment's place in its message, from 1 */
    static String safe(Attachment attachment, int number) {
        String name = Clean.header(attachment.name());
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = Clean.stripped(withoutDirectionMarks(name));
        if (name.codePoints().allMatch(c -> c == '.' || Invisible.is(c))) {
            return "attachment-" + number + "." + extension(MediaTypes.bare(attachment.contentType()));
        }
        return cut(name);
    }

    /** They make {@code exe.gnp} out of {@code png.exe}. */
    private static String withoutDirectionMarks(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean mark = c >= '\u202A' && c <= '\u202E'
                    || c >= '\u2066' && c <= '\u2069'
                    || c == '\u200E'
                    || c == '\u200F'
                    || c == '\u061C';
            if (!mark) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String cut(String name) {
        if (bytes(name) <= LONGEST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int room = LONGEST - bytes(extension);
        int end = 0;
        for (int used = 0; end < name.length(); ) {
            int c = name.codePointAt(end);
            used += bytes(Character.toString(c));
            if (used > room) {
                break;
            }
            end += Character.charCount(c);
        }
        return Clean.stripped(name.substring(0, Clusters.cut(name, end))) + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String extension(String mediaType) {
        String known = EXTENSIONS.get(mediaType);
        if (known != null) {
            return known;
        }
        String subtype = mediaType.substring(mediaType.indexOf('/') + 1);
        return subtype.matches("[a-z0-9]{1,8}") ? subtype : "bin";
    }
}
