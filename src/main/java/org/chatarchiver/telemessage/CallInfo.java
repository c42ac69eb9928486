package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.message.Call;

/**
 * The feed's {@code callInfo}, or one element of it, each part of which may be missing or odd. A call with several participants has a list
 * of them, each with the participant as a string or as a party, or with a party's fields beside the call's own.
 */
final class CallInfo {
    private String status = "";
    private String start = "";
    private String end = "";
    private String millis = "";
    private final PartyFields.Enriched participant = new PartyFields.Enriched();

    void read(String name, ElementFields fields, PageCursor cursor) throws IOException {
        switch (name) {
            case "callStatus" -> status = fields.string("callInfo.callStatus");
            case "startTime" -> start = fields.string("callInfo.startTime");
            case "endTime" -> end = fields.string("callInfo.endTime");
            case "callDurationInMillis" -> millis = fields.string("callInfo.callDurationInMillis");
            case "participant" -> {
                if (cursor.token() == JsonToken.START_OBJECT) {
                    fields.object(part -> participant.read("callInfo.participant", part, fields));
                } else {
                    participant.value = fields.string("callInfo.participant");
                }
            }
            default -> participant.read("callInfo", name, fields);
        }
    }

    Call call(Instant landedAt) {
        int code = status.strip().matches("[1-8]") ? Integer.parseInt(status.strip()) : 0;
        Duration duration =
                millis.strip().matches("\\d{1,15}") ? Duration.ofMillis(Long.parseLong(millis.strip())) : null;
        return new Call(
                PartyFields.named(participant),
                code,
                Times.callTime(start, landedAt),
                Times.callTime(end, landedAt),
                duration);
    }
}
