package org.chatarchiver.api;

import org.chatarchiver.message.Printable;

/** What an administrator gives as the reason of what he does: one line of plain text, for whoever comes upon it later. */
public final class PlainReason {
    private PlainReason() {}

    /**
     * Without the white space around it.
     *
     * @param given null for none
     * @param longest in characters
     * @param what it is to say, such as {@code "why it is paused"}
     * @throws org.springframework.web.ErrorResponseException a problem detail (RFC 9457) if it is empty, too long, or more than a line
     */
    public static String of(String given, int longest, String what) {
        return of("reason", given, longest, what);
    }

    /** The same of another field than {@code reason}. */
    static String of(String field, String given, int longest, String what) {
        String reason = given == null ? "" : given.strip();
        if (reason.isEmpty() || reason.length() > longest) {
            throw Refusal.badRequest("The field " + field + " has " + reason.length() + " characters; say in 1 to "
                    + longest + " " + what + ".");
        }
        reason.codePoints().filter(PlainReason::controls).findFirst().ifPresent(character -> {
            throw Refusal.badRequest("The field " + field + " has the character "
                    + Printable.quoted(Character.toString(character)) + "; write it in one line of plain text.");
        });
        return reason;
    }

    /** Whether it begins a line, is half a character, or hides or reorders what stands around it. */
    private static boolean controls(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
