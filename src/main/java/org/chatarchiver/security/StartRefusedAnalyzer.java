package org.chatarchiver.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong and what to do, in place of a stack trace. */
class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefusedException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartRefusedException cause) {
        String why = cause.getCause() == null ? "" : " (" + cause.getCause() + ")";
        return new FailureAnalysis(cause.getMessage() + why, cause.cure(), cause);
    }
}
