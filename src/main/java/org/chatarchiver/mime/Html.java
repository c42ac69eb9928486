package org.chatarchiver.mime;

/** A sheet as HTML 5: everything from outside escaped; no script, no link, nothing that is loaded. */
final class Html {
    private Html() {}

    /** Lines are ended by LF. */
    static String of(MailBody body) {
        StringBuilder out = new StringBuilder(512);
        out.append("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n");
        if (!body.title().isEmpty()) {
            escape("<h3 dir=\"auto\">", body.title(), "</h3>\n", out);
        }
        if (!body.facts().isEmpty()) {
            out.append("<table>\n");
            for (MailBody.Fact fact : body.facts()) {
                escape("<tr><th align=\"left\">", fact.label(), "</th>", out);
                escape("<td dir=\"auto\">", Clean.header(fact.value()), "</td></tr>\n", out);
            }
            out.append("</table>\n");
        }
        for (MailBody.Section section : body.sections()) {
            if (!section.heading().isEmpty()) {
                escape("<h4>", section.heading(), "</h4>\n", out);
            }
            escape("<div dir=\"auto\" style=\"white-space:pre-wrap\">", section.text(), "</div>\n", out);
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private static void escape(String before, String text, String after, StringBuilder out) {
        out.append(before);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\t', '\n', '\r' -> out.append(c);
                // HTML 5 allows no other control characters.
                default -> out.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        out.append(after);
    }
}
