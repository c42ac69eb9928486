package org.chatarchiver.message;

/** What a message is about; each kind has one e-mail form. */
public enum Kind {
    /** Text, location, contact card or sticker. */
    CHAT("chat"),
    /** One or more files, with or without text. */
    ATTACHMENT("attachment"),
    VOICE_CALL("voice-call"),
    VIDEO_CALL("video-call"),
    CALL_LOG("call-log"),
    EDIT("edit"),
    RECALL_FOR_ALL("recall"),
    RECALL_FOR_ME("recall"),
    REACTION("reaction"),
    /** Join, leave, rename and the other things that happen to a conversation rather than in it. */
    GROUP_EVENT("group"),
    /** Anything the feed may bring that is not known yet: archived as a generic item. */
    UNKNOWN("unknown");

    private final String event;

    Kind(String event) {
        this.event = event;
    }

    /** The value of {@code X-Archive-Event}. */
    public String event() {
        return event;
    }

    public boolean isCall() {
        return this == VOICE_CALL || this == VIDEO_CALL || this == CALL_LOG;
    }
}
