package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.catchThrowable;

import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.StartRefusedException;

/** A start that must not succeed. */
final class RefusedStart {
    private RefusedStart() {}

    /** Why; Spring and Camel wrap it, and the failure analyzer unwraps it alike. */
    static StartRefusedException of(RunningArchiver.Settings settings) {
        Throwable failure = catchThrowable(() -> settings.start().close());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefusedException refused) {
                return refused;
            }
        }
        throw new AssertionError("The start was not refused", failure);
    }
}
