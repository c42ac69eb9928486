package org.chatarchiver.servers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.chatarchiver.servers.GraphExchange.Answer;

/** Something that goes wrong at {@link GraphStub} with requests of one shape; once, unless told otherwise. */
public final class GraphFault {
    enum Kind {
        ANSWER,
        RESET,
        /** Reset, and carried out when nobody waits for it any more. */
        LATE,
        CUT
    }

    private final String shape;
    private final AtomicInteger skip = new AtomicInteger();
    private final AtomicInteger times = new AtomicInteger(1);
    private Kind kind = Kind.RESET;
    private boolean carriedOut;
    private Answer answer;
    private CountDownLatch late;

    private GraphFault(String shape) {
        this.shape = shape;
    }

    /** @param shape method and path with {@code ?} for ids: {@code POST users/?/mailFolders/?/messages}; a prefix of it will do */
    public static GraphFault at(String shape) {
        return new GraphFault(shape);
    }

    /** The first ones go well. */
    public GraphFault after(int requests) {
        skip.set(requests);
        return this;
    }

    public GraphFault times(int requests) {
        times.set(requests);
        return this;
    }

    /** The request is carried out, and then it goes wrong. */
    public GraphFault carriedOut() {
        carriedOut = true;
        return this;
    }

    public GraphFault answers(int status, String code) {
        return answers(status, code, "as the test wants it");
    }

    public GraphFault answers(int status, String code, String message) {
        kind = Kind.ANSWER;
        answer = Answer.error(status, code, message);
        return this;
    }

    /** Something that is not Graph's: a gateway's page. */
    public GraphFault answersNothing(int status) {
        kind = Kind.ANSWER;
        answer = Answer.none(status);
        return this;
    }

    public GraphFault retryAfter(String value) {
        answer = answer.retryAfter(value);
        return this;
    }

    /** The connection is closed without an answer. */
    public GraphFault resets() {
        kind = Kind.RESET;
        return this;
    }

    /** The connection is closed without an answer; what was asked is done once the latch is open. */
    public GraphFault resetsAndIsCarriedOut(CountDownLatch when) {
        kind = Kind.LATE;
        late = when;
        return this;
    }

    /** The answer ends in its middle; what was asked has been done. */
    public GraphFault cutsTheAnswer() {
        kind = Kind.CUT;
        carriedOut = true;
        return this;
    }

    /** Whether it is the turn of this fault. */
    boolean strikes(String request) {
        return request.startsWith(shape)
                && times.get() > 0
                && skip.getAndDecrement() <= 0
                && times.getAndDecrement() > 0;
    }

    Kind kind() {
        return kind;
    }

    boolean isCarriedOut() {
        return carriedOut;
    }

    CountDownLatch late() {
        return late;
    }

    Answer answer() {
        return answer;
    }
}
