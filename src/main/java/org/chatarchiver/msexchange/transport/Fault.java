package org.chatarchiver.msexchange.transport;

/** What went wrong at the destination, and how far it reaches. */
public enum Fault {
    /** No connection: name not resolved, refused, timed out, TLS failed. */
    UNREACHABLE(Scope.DESTINATION),
    /** The token or password is not accepted for any mailbox, or no token was given to us. */
    CREDENTIALS_REFUSED(Scope.DESTINATION),
    /** Too much was asked of this mailbox; the destination says when to come back. */
    THROTTLED(Scope.MAILBOX),
    /** The destination or this mailbox has a passing trouble, or the connection was lost. */
    UNAVAILABLE(Scope.MAILBOX),
    /** The connection was lost before an answer, while the mailbox can be reached: what was being sent may have arrived. */
    LOST(Scope.MAILBOX),
    /** All connections that we allow ourselves were in use for too long. */
    BUSY(Scope.MAILBOX),
    /** The log-in was refused, and it is not known whether for the mailbox or for the credentials; a probe mailbox settles this. */
    LOGIN_REFUSED(Scope.MAILBOX),
    MAILBOX_NOT_FOUND(Scope.MAILBOX),
    /** The directory knows it, but not as one mailbox of this destination: no licence, on premises, in another cloud, of several users. */
    MAILBOX_ELSEWHERE(Scope.MAILBOX),
    PERMISSION_DENIED(Scope.MAILBOX),
    QUOTA_EXCEEDED(Scope.MAILBOX),
    /** The folder's name is not acceptable or the folder cannot be made. */
    FOLDER_REFUSED(Scope.MAILBOX),
    EMAIL_TOO_LARGE(Scope.EMAIL),
    /** The destination does not take this e-mail and gives no better reason. */
    REFUSED(Scope.EMAIL);

    /** What is affected. */
    public enum Scope {
        DESTINATION,
        MAILBOX,
        EMAIL
    }

    private final Scope scope;

    Fault(Scope scope) {
        this.scope = scope;
    }

    public Scope scope() {
        return scope;
    }

    /** Whether it may as well be that the destination as a whole is affected: what waits for it must not fail, however long. */
    public boolean undecided() {
        return this == LOGIN_REFUSED;
    }

    /** Whether the destination as a whole is affected: no item's failure, everything waits. */
    public boolean outage() {
        return scope == Scope.DESTINATION;
    }
}
