package org.chatarchiver.mime;

import java.time.Duration;
import java.util.Locale;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Message;

/** A voice call, a video call, or an entry of a call log. */
final class CallSheet {
    private CallSheet() {}

    static Sheet of(Letter letter) {
        Message message = letter.message();
        Call call = message.call();
        Sheet.Builder sheet = Sheet.titled(Subjects.network(letter) + " " + Subjects.callWord(message.kind()));
        Sheets.parties(sheet, message);
        if (call == null) {
            sheet.fact("Time", Sheets.time(message.time()));
        } else {
            sheet.fact("Start", Sheets.time(call.start() == null ? message.time() : call.start()))
                    .fact("End", Sheets.time(call.end()))
                    .fact("Duration", duration(call.duration()))
                    .fact("Status", call.status() == 0 ? call.statusText() : call.status() + " " + call.statusText());
        }
        return sheet.section("Text", message.text()).build();
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
