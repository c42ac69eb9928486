package org.chatarchiver.security;

/** The configuration or the machine is not fit to start on; printed without a stack trace by {@link StartRefusedAnalyzer}. */
public final class StartRefusedException extends RuntimeException {
    private final String cure;

    /**
     * @param what one sentence that names the thing and its value
     * @param cure one sentence in the imperative
     */
    public StartRefusedException(String what, String cure, Throwable cause) {
        super(what, cause);
        this.cure = cure;
    }

    public StartRefusedException(String what, String cure) {
        this(what, cure, null);
    }

    public String cure() {
        return cure;
    }
}
