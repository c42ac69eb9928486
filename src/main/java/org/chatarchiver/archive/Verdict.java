package org.chatarchiver.archive;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.chatarchiver.message.Printable;

/** What a hook says of what it was shown. */
public sealed interface Verdict {
    /** It came to its end and refused nothing. */
    record Passed() implements Verdict {}

    /** @param why the operator's own words, fit for a sentence; may be empty */
    record Refused(String why) implements Verdict {}

    /** It is not known whether it would refuse. @param why fit for a sentence */
    record Failed(String why) implements Verdict {}

    /** Before the hook is asked: its copy says that nothing is refused. */
    static void begin(Exchange copy) {
        copy.setVariable(ArchiveVariables.REFUSE, false);
    }

    /**
     * What became of the copy that the hook was given. What did not come to the hook's last step was not inspected: also where it was
     * stopped, or where an error on the way was handled.
     */
    static Verdict of(Exchange shown) {
        if (shown.getException() != null) {
            return new Failed(sentence(shown.getException()));
        }
        Object refuse = shown.getVariable(ArchiveVariables.REFUSE);
        if (refuse == null || !refuse.toString().equals("false")) {
            // Set, but to nothing, as by the header of an answer that lacks it, is a refusal too.
            return new Refused(
                    refuse == null ? "" : Printable.of(refuse.toString().strip()));
        }
        return isBrokenOff(shown)
                ? new Failed("it ended before its last step, and set no variable '" + ArchiveVariables.REFUSE + "'")
                : new Passed();
    }

    private static boolean isBrokenOff(Exchange shown) {
        ExchangeExtension state = shown.getExchangeExtension();
        return shown.isRouteStop()
                || shown.isRollbackOnly()
                || shown.isRollbackOnlyLast()
                || state.isErrorHandlerHandledSet() && state.isErrorHandlerHandled();
    }

    /** Camel's own errors quote the body that they could not deal with, which may be a message's text. */
    private static String sentence(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getSimpleName();
        boolean quotes = cause.getClass().getName().startsWith("org.apache.camel.")
                && !(cause instanceof HttpOperationFailedException);
        return quotes || cause.getMessage() == null ? name : name + ": " + Printable.of(cause.getMessage());
    }
}
