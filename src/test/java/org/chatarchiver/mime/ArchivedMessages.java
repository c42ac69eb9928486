package org.chatarchiver.mime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Group;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.Sha256;

/** Builds letters for tests; what is not set is as in a plain chat from Ann to Ben. */
final class ArchivedMessages {
    static final String DOMAIN = "chat-archiver.invalid";
    static final String PAGE = "ab".repeat(32);
    static final Party ANN = new Party("+447700900123", "Ann", "Lee", "ann@example.com");
    static final Party BEN = new Party("wxid_ben", "Ben", "", "");

    /** What has a meaning in e-mails, or is no character at all. */
    static final List<String> HOSTILE = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\nBcc: eve@example.com\r\n",
            " ",
            "  ",
            "\t",
            "\0",
            "\"",
            "\\",
            ",",
            ";",
            "<",
            ">",
            "(",
            ")",
            "@",
            "=?",
            "=?utf-8?q?x?=",
            "?=",
            "--",
            "--=_mixed_",
            "From ",
            ".",
            "é",
            "中文",
            "😀",
            "\ud83d",
            "\ude00",
            "\u2028",
            "\u202e",
            "\u0085",
            "\u00a0",
            "\u3000",
            "../",
            "C:\\",
            ".txt",
            "word",
            "a=b",
            "a@b.example",
            "a@münchen.example",
            "x".repeat(80),
            "中".repeat(70),
            "y".repeat(1100));

    private String id = "m-1";
    private Kind kind = Kind.CHAT;
    private String about = "";
    private Party from = ANN;
    private List<Party> to = List.of(BEN);
    private Group group;
    private String subject = "";
    private String text = "hello";
    private String eventType = "";
    private String previousText = "";
    private List<Call> calls = List.of();
    private Direction direction = Direction.OUT;
    private String msisdn = "+447700900123";
    private List<Attachment> attachments = List.of();
    private String connectorName = "WeChat Archiver";
    private String network = "WECHAT";
    private String revision = "";

    private ArchivedMessages() {}

    static ArchivedMessages a(Kind kind) {
        ArchivedMessages letters = new ArchivedMessages();
        letters.kind = kind;
        return letters;
    }

    static ArchivedMessages chat() {
        return a(Kind.CHAT);
    }

    static Attachment file(String name, String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Attachment(name, type, new Content.InMemory(bytes, Sha256.of(content)));
    }

    ArchivedMessages id(String value) {
        id = value;
        return this;
    }

    ArchivedMessages about(String value) {
        about = value;
        return this;
    }

    ArchivedMessages from(Party value) {
        from = value;
        return this;
    }

    ArchivedMessages to(Party... values) {
        to = Arrays.asList(values);
        return this;
    }

    ArchivedMessages group(String groupId, String name) {
        group = new Group(groupId, name);
        return this;
    }

    ArchivedMessages subject(String value) {
        subject = value;
        return this;
    }

    ArchivedMessages text(String value) {
        text = value;
        return this;
    }

    ArchivedMessages event(String value) {
        eventType = value;
        return this;
    }

    ArchivedMessages previous(String value) {
        previousText = value;
        return this;
    }

    ArchivedMessages call(Call... values) {
        calls = Arrays.asList(values);
        return this;
    }

    ArchivedMessages owner(Direction value, String number) {
        direction = value;
        msisdn = number;
        return this;
    }

    ArchivedMessages files(Attachment... values) {
        attachments = Arrays.asList(values);
        return this;
    }

    ArchivedMessages connector(String name, String networkCode) {
        connectorName = name;
        network = networkCode;
        return this;
    }

    ArchivedMessages revision(String value) {
        revision = value;
        return this;
    }

    ArchivedMessage archived() {
        Instant time = Instant.parse("2026-11-20T09:05:07Z");
        Message message = new Message(
                id,
                kind,
                about,
                time,
                "app-message",
                direction,
                msisdn,
                from,
                to,
                group,
                subject,
                text,
                eventType,
                previousText,
                calls,
                attachments);
        return new ArchivedMessage(message, "wechat", connectorName, network, PAGE, revision);
    }

    byte[] mime() {
        return new ChatMime(DOMAIN).write(archived());
    }
}
