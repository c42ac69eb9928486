package org.chatarchiver.msexchange.transport.graph;

/** Carries the refusal of an e-mail's request up to where it is known what follows from it. */
final class GraphRefusedException extends Exception {
    private final transient GraphAnswer answer;

    GraphRefusedException(GraphAnswer answer) {
        super(answer.toString());
        this.answer = answer;
    }

    GraphAnswer answer() {
        return answer;
    }
}
