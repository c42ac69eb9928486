package org.chatarchiver.msexchange.transport;

/**
 * Stands between a batch and its mailbox: once it is shut, another process may be sending the same e-mails, and nothing that is still on
 * its way here may be carried out. Asked before the bytes by which a server carries a request out, which leave by themselves and at once,
 * so that a process may have been stopped anywhere before. Safe for many threads.
 */
@FunctionalInterface
public interface Fence {
    /** For whoever sends alone. */
    Fence OPEN = () -> false;

    /** Whether nothing may be carried out any more, which stays so. Answered at once, from memory. */
    boolean isShut();

    /** @throws ShutException where nothing may be carried out any more: the connection is to be dropped */
    default void check() throws ShutException {
        if (isShut()) {
            throw new ShutException();
        }
    }
}
