package org.chatarchiver.telemessage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.message.Call;

/** The feed's {@code callInfo}, each part of which may be missing or odd. */
final class CallInfo {
    private String status = "";
    private String start = "";
    private String end = "";
    private String millis = "";

    void read(String name, ElementFields fields) throws IOException {
        switch (name) {
            case "callStatus" -> status = fields.string("callInfo.callStatus");
            case "startTime" -> start = fields.string("callInfo.startTime");
            case "endTime" -> end = fields.string("callInfo.endTime");
            case "callDurationInMillis" -> millis = fields.string("callInfo.callDurationInMillis");
            default -> fields.skip();
        }
    }

    Call call(Instant landedAt) {
        int code = status.strip().matches("[1-8]") ? Integer.parseInt(status.strip()) : 0;
        Duration duration =
                millis.strip().matches("\\d{1,15}") ? Duration.ofMillis(Long.parseLong(millis.strip())) : null;
        return new Call(code, Times.callTime(start, landedAt), Times.callTime(end, landedAt), duration);
    }
}
