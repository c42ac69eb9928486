package org.chatarchiver.mime;

/** Where a text can be cut without showing other signs than it had: behind an emoji with all that is joined to it (UAX 29, 3). */
final class Clusters {
    private static final int JOINER = 0x200D;

    /** No emoji has as many parts; a letter under a heap of marks may. */
    private static final int MOST = 32;

    private Clusters() {}

    /** The last place at or before {@code end} that no cluster straddles; {@code end} where one is too long to be any. */
    static int cut(String text, int end) {
        int at = end;
        for (int parts = 0; at > 0 && at < text.length() && straddled(text, at); parts++) {
            if (parts == MOST) {
                return end;
            }
            at = text.offsetByCodePoints(at, -1);
        }
        return at == 0 ? end : at;
    }

    private static boolean straddled(String text, int at) {
        int before = text.codePointBefore(at);
        int next = text.codePointAt(at);
        return before == JOINER || extend(next) || isFlag(next) && flags(text, at) % 2 == 1;
    }

    private static boolean extend(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> c == JOINER || c >= 0x1F3FB && c <= 0x1F3FF || c >= 0xE0020 && c <= 0xE007F;
        };
    }

    private static boolean isFlag(int c) {
        return c >= 0x1F1E6 && c <= 0x1F1FF;
    }

    /** How many halves of flags end here. */
    private static int flags(String text, int at) {
        int count = 0;
        for (int i = at; i > 0 && isFlag(text.codePointBefore(i)); i -= 2) {
            count++;
        }
        return count;
    }
}
