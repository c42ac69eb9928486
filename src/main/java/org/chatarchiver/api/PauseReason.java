package org.chatarchiver.api;

import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.message.Printable;

/** Why somebody pauses a connector: one line of plain text, for whoever comes upon it later. */
public final class PauseReason {
    private PauseReason() {}

    /**
     * @param given null for none
     * @return the text without the white space around it
     * @throws org.springframework.web.ErrorResponseException a problem detail (RFC 9457) where it is no such text
     */
    public static String of(String given) {
        String reason = given == null ? "" : given.strip();
        if (reason.isEmpty() || reason.length() > ConnectorPauses.LONGEST_REASON) {
            throw Refusal.badRequest("The field reason has " + reason.length() + " characters; say in 1 to "
                    + ConnectorPauses.LONGEST_REASON + " why it is paused.");
        }
        reason.codePoints().filter(PauseReason::controls).findFirst().ifPresent(character -> {
            throw Refusal.badRequest("The field reason has the character "
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
