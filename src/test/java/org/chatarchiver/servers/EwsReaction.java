package org.chatarchiver.servers;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * What {@link EwsStub} does with one request instead of carrying it out and answering.
 *
 * @param executed whether it is carried out all the same
 * @param status of the answer; 0 for none
 * @param body of the answer; null for that of Exchange
 * @param headers of the answer
 * @param codes instead of filing the item of that position
 * @param late when it is carried out; null for at once
 */
public record EwsReaction(
        Kind kind,
        boolean executed,
        int status,
        String body,
        Map<String, String> headers,
        Map<Integer, String> codes,
        CountDownLatch late) {

    enum Kind {
        /** The connection is closed without an answer. */
        CLOSE,
        /** The connection is closed, and the request carried out when nobody waits for it any more. */
        LATE,
        /** The connection is closed in the middle of the answer. */
        CUT,
        /** Nothing is ever said. */
        STALL,
        ANSWER,
        /** The items of {@link #codes} are refused, the others filed. */
        ITEMS,
        /** The answer tells of fewer items than there were. */
        SHORT,
        /** Somebody else has made the folder a moment before. */
        RACE
    }

    private static EwsReaction of(Kind kind, boolean executed) {
        return new EwsReaction(kind, executed, 0, null, Map.of(), Map.of(), null);
    }

    /** All goes well. */
    public static EwsReaction none() {
        return of(Kind.ITEMS, true);
    }

    public static EwsReaction close() {
        return of(Kind.CLOSE, false);
    }

    public static EwsReaction closeAndExecute(CountDownLatch when) {
        return new EwsReaction(Kind.LATE, false, 0, null, Map.of(), Map.of(), when);
    }

    public static EwsReaction executeAndClose() {
        return of(Kind.CLOSE, true);
    }

    public static EwsReaction executeAndCut() {
        return of(Kind.CUT, true);
    }

    public static EwsReaction stall() {
        return of(Kind.STALL, false);
    }

    public static EwsReaction executeAndStall() {
        return of(Kind.STALL, true);
    }

    public static EwsReaction race() {
        return of(Kind.RACE, true);
    }

    /** Tells of the first item only. */
    public static EwsReaction executeAndShorten() {
        return of(Kind.SHORT, true);
    }

    public static EwsReaction status(int status, String... headers) {
        return answer(false, status, "", headers);
    }

    public static EwsReaction executeAndStatus(int status) {
        return answer(true, status, "");
    }

    public static EwsReaction body(int status, String body) {
        return answer(false, status, body);
    }

    private static EwsReaction answer(boolean executed, int status, String body, String... headers) {
        return new EwsReaction(
                Kind.ANSWER,
                executed,
                status,
                body,
                headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]),
                Map.of(),
                null);
    }

    public static EwsReaction fault(String code, String text) {
        return answer(false, 500, EwsSoap.fault(code, text, 0));
    }

    public static EwsReaction executeAndFault(String code) {
        return answer(true, 500, EwsSoap.fault(code, "Something went wrong.", 0));
    }

    public static EwsReaction busy(int milliseconds) {
        return answer(
                false,
                500,
                EwsSoap.fault("ErrorServerBusy", "The server cannot service this request right now.", milliseconds));
    }

    /** Refuses the item of that position, from 0. */
    public static EwsReaction item(int position, String code) {
        return new EwsReaction(Kind.ITEMS, true, 0, null, Map.of(), Map.of(position, code), null);
    }
}
