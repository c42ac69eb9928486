package org.chatarchiver.mime;

import java.time.Duration;
import java.util.Locale;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Message;

/** A voice call, a video call, or an entry of a call log; with several participants each has a part in it of its own. */
final class CallSheet {
    private CallSheet() {}

    static Sheet of(Letter letter) {
        Message message = letter.message();
        Sheet.Builder sheet = Sheet.titled(Subjects.network(letter) + " " + Subjects.callWord(message.kind()));
        Sheets.parties(sheet, message);
        if (message.calls().isEmpty()) {
            sheet.fact("Time", Sheets.time(message.time()));
        }
        return calls(sheet, message).section("Text", message.text()).build();
    }

    /** The facts of each call, numbered where there are several. */
    static Sheet.Builder calls(Sheet.Builder sheet, Message message) {
        int all = message.calls().size();
        int number = 0;
        for (Call call : message.calls()) {
            number++;
            sheet.fact("Call", all == 1 ? "" : number + " of " + all)
                    .fact("Participant", call.participant() == null ? "" : Parties.inFull(call.participant()))
                    .fact("Start", Sheets.time(call.start() == null && all == 1 ? message.time() : call.start()))
                    .fact("End", Sheets.time(call.end()))
                    .fact("Duration", duration(call.duration()))
                    .fact("Status", call.status() == 0 ? call.statusText() : call.status() + " " + call.statusText());
        }
        return sheet;
    }

    private static String duration(Duration duration) {
        return duration == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart());
    }
}
