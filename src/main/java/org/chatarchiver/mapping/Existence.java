package org.chatarchiver.mapping;

/** What the destination says about a mailbox; everything but a definite answer is {@link Unknown}. */
public sealed interface Existence {

    /** The mailbox is there and can be delivered to. */
    record Present() implements Existence {}

    /** The destination says definitely that there is no such mailbox. */
    record Missing() implements Existence {}

    /**
     * No definite answer: a permission, token, throttling or time-out error. An outage, never a reason to try the next rule.
     *
     * @param why one sentence for health and logs
     */
    record Unknown(String why) implements Existence {}
}
