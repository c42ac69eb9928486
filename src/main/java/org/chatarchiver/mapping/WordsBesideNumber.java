package org.chatarchiver.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.PartyIds;

/**
 * Tells a number with words beside it ({@code 447700900103 (work)}, {@code mob 447700900103}, {@code 447700900103 ext 12}), which is the id
 * of nobody, from an id that has digits in it: there they are joined to letters, by nothing ({@code ivy447700900103}) or by a dot, a dash or
 * an underscore ({@code wxid_447700900103}), or stand in an address.
 */
final class WordsBesideNumber {
    /** As many digits as the shortest numbers have; {@code Room 101} is an id. */
    private static final String SHORTEST = "\\p{Nd}(?:[ ().\\-/]{0,3}\\p{Nd}){6,}";

    private static final String JOINED = "[._-]?[\\p{L}\\p{M}\\p{N}_]";

    /** A plus is joined to nothing. */
    private static final Pattern NUMBER =
            Pattern.compile("(?:\\+|(?<![\\p{L}\\p{M}\\p{N}_@][._-]?))" + SHORTEST + "(?!" + JOINED + ")");

    private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+");

    private static final Pattern LABELLED = Pattern.compile(
            "(?:tel|t\u00e9l|phone|mob|mobile|cell|fax|gsm|handy)\\.(.+)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern EXTENDED = Pattern.compile("(.+?)(?:x|ext\\.?)\\d{1,6}", Pattern.CASE_INSENSITIVE);

    private WordsBesideNumber() {}

    /** @param id of 256 characters at most, which are not digits and punctuation alone */
    static boolean in(String id, PartyIds ids) {
        return NUMBER.matcher(id).find() && !ADDRESS.matcher(id).matches()
                || isNumber(LABELLED.matcher(id), ids)
                || isNumber(EXTENDED.matcher(id), ids);
    }

    private static boolean isNumber(Matcher part, PartyIds ids) {
        return part.matches() && ids.isNumber(part.group(1));
    }
}
