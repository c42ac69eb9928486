package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.message.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {
    @ParameterizedTest(name = "{0}, {1}, {2}, {3}, attachments {4}, text {5}: {6}")
    @CsvSource({
        // id, context, event type, content type, attachments, text, kind, about
        "1, app-message, '', text, false, true, CHAT, ''",
        "1, App-Message, '', '', false, false, CHAT, ''",
        "1, pager-message, '', '', false, true, CHAT, ''",
        "1, multimedia-message, '', image/png, true, true, ATTACHMENT, ''",
        "1, app-message, '', '', true, false, ATTACHMENT, ''",
        "1, app-message, '', location, false, true, CHAT, ''",
        "1, multimedia-message, '', Contact card, true, false, CHAT, ''",
        "1, multimedia-message, '', text/x-vcard, true, false, CHAT, ''",
        "1, app-message, '', sticker, true, false, CHAT, ''",
        "1, voice-call, '', '', false, false, VOICE_CALL, ''",
        "1, video-call, '', '', false, false, VIDEO_CALL, ''",
        "1, call-log, '', '', false, false, CALL_LOG, ''",
        "1, event, Reaction, '', false, true, REACTION, ''",
        "1, event, Join, '', false, false, GROUP_EVENT, ''",
        "1, event, Leave, '', false, false, GROUP_EVENT, ''",
        "1, event, Remove, '', false, false, GROUP_EVENT, ''",
        "1, event, Create, '', false, false, GROUP_EVENT, ''",
        "1, event, Rename, '', false, false, GROUP_EVENT, ''",
        "1, event, ChangeProfileImage, '', true, false, GROUP_EVENT, ''",
        "1, event, DeleteChat, '', false, false, GROUP_EVENT, ''",
        "1, event, ClearChat, '', false, false, GROUP_EVENT, ''",
        "1, event, Poll, '', false, true, UNKNOWN, ''",
        "1, event, '', '', false, true, UNKNOWN, ''",
        "1, hologram, '', '', true, true, UNKNOWN, ''",
        "1, '', '', '', false, true, CHAT, ''",
        "1, '', '', '', true, false, ATTACHMENT, ''",
        "1, '', '', '', false, false, UNKNOWN, ''",
        "EDIT-a-b-1-2, app-message, '', '', false, true, EDIT, a-b-1",
        "EDIT-7-1, hologram, '', '', true, true, EDIT, 7",
        "EDIT-7, app-message, '', '', false, true, EDIT, 7",
        "EDIT-, app-message, '', '', false, true, CHAT, ''",
        "DELETE_FOR_ALL-a-b-1, app-message, '', '', false, true, RECALL_FOR_ALL, a-b-1",
        "DELETE_FOR_ME-a-b-1, event, '', '', false, true, RECALL_FOR_ME, a-b-1",
        "DELETE_ALL_MESSAGES-a-b-1, app-message, '', '', false, true, RECALL_FOR_ALL, a-b-1",
        "DELETE_ALL_MESSAGES-7, event, '', '', false, false, RECALL_FOR_ALL, 7",
        "DELETE_ALL_MESSAGES-, app-message, '', '', false, true, CHAT, ''"
    })
    void theKindFollowsFromIdContextEventContentAndAttachments(
            String id,
            String context,
            String eventType,
            String contentType,
            boolean attachments,
            boolean text,
            Kind kind,
            String about) {
        assertThat(Kinds.of(id, context, eventType, contentType, attachments, text))
                .isEqualTo(new Kinds(kind, about));
    }
}
