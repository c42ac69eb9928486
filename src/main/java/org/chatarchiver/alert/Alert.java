package org.chatarchiver.alert;

import java.time.Instant;

/**
 * One e-mail to the operators.
 *
 * @param covered what happened later has not been told
 * @param subjects digest of what it names
 */
public record Alert(AlertCause cause, String subject, String text, Instant covered, String subjects) {
    /** The variable for what the operators are being told. */
    public static final String ALERT = "alert";
}
