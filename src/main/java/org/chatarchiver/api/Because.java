package org.chatarchiver.api;

/**
 * Why an administrator does what needs no reason: it stands in the audit log.
 *
 * @param reason one line of plain text; null for none
 */
public record Because(String reason) {
    public static final int LONGEST = 500;

    /**
     * Empty where nothing was said.
     *
     * @throws org.springframework.web.ErrorResponseException a problem detail (RFC 9457) if it is too long, or more than a line
     */
    public static String why(Because because) {
        return because == null || because.reason() == null || because.reason().isBlank()
                ? ""
                : PlainReason.of(because.reason(), LONGEST, "why it is done");
    }
}
