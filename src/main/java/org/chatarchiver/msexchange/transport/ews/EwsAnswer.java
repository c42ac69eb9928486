package org.chatarchiver.msexchange.transport.ews;

import java.util.List;

/**
 * What a request was answered with.
 *
 * @param messages one for each thing that was asked for, in order; fewer where the server has cut itself short
 * @param refusal of the request as a whole; null: there is none
 */
record EwsAnswer(List<EwsMessage> messages, EwsMessage refusal) {
    EwsAnswer {
        messages = List.copyOf(messages);
    }

    static EwsAnswer refused(EwsMessage refusal) {
        return new EwsAnswer(List.of(), refusal);
    }

    /** The answer to a request for one thing. */
    EwsMessage only() {
        if (refusal != null) {
            return refusal;
        }
        return messages.isEmpty()
                ? new EwsMessage(false, "NoAnswer", "", null, List.of(), List.of(), List.of(), true)
                : messages.get(0);
    }
}
