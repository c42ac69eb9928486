package org.chatarchiver.mime;

import java.time.Duration;
import java.util.Locale;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Message;

/** A voice call, a video call, or an entry of a call log; with several participants each has a part in it of its own. */
final class CallBody {
    private CallBody() {}

    static MailBody of(ArchivedMessage archived) {
        Message message = archived.message();
        MailBody.Builder body = MailBody.titled(Subjects.network(archived) + " " + Subjects.callWord(message.kind()));
        MailBodies.parties(body, message);
        if (message.calls().isEmpty()) {
            body.fact("Time", MailBodies.time(message.time()));
        }
        return calls(body, message).section("Text", message.text()).build();
    }

    /** The facts of each call, numbered where there are several. */
    static MailBody.Builder calls(MailBody.Builder body, Message message) {
        int all = message.calls().size();
        int number = 0;
        for (Call call : message.calls()) {
            number++;
            body.fact("Call", all == 1 ? "" : number + " of " + all)
                    .fact("Participant", call.participant() == null ? "" : Parties.inFull(call.participant()))
                    .fact("Start", MailBodies.time(call.start() == null && all == 1 ? message.time() : call.start()))
                    .fact("End", MailBodies.time(call.end()))
                    .fact("Duration", duration(call.duration()))
                    .fact("Status", call.status() == 0 ? call.statusText() : call.status() + " " + call.statusText());
        }
        return body;
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
