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
final class Letters {
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

    private Letters() {}

    static Letters a(Kind kind) {
        Letters letters = new Letters();
        letters.kind = kind;
        return letters;
    }

    static Letters chat() {
        return a(Kind.CHAT);
    }

    static Attachment file(String name, String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Attachment(name, type, new Content.InMemory(bytes, Sha256.of(content)));
    }

    Letters id(String value) {
        id = value;
        return this;
    }

    Letters about(String value) {
        about = value;
        return this;
    }

    Letters from(Party value) {
        from = value;
        return this;
    }

    Letters to(Party... values) {
        to = Arrays.asList(values);
        return this;
    }

    Letters group(String groupId, String name) {
        group = new Group(groupId, name);
        return this;
    }

    Letters subject(String value) {
        subject = value;
        return this;
    }

    Letters text(String value) {
        text = value;
        return this;
    }

    Letters event(String value) {
        eventType = value;
        return this;
    }

    Letters previous(String value) {
        previousText = value;
        return this;
    }

    Letters call(Call... values) {
        calls = Arrays.asList(values);
        return this;
    }

    Letters owner(Direction value, String number) {
        direction = value;
        msisdn = number;
        return this;
    }

    Letters files(Attachment... values) {
        attachments = Arrays.asList(values);
        return this;
    }

    Letters connector(String name, String networkCode) {
        connectorName = name;
        network = networkCode;
        return this;
    }

    Letters revision(String value) {
        revision = value;
        return this;
    }

    Letter letter() {
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
        return new Letter(message, "wechat", connectorName, network, PAGE, revision);
    }

    byte[] mime() {
        return new ChatMime(DOMAIN).write(letter());
    }
}
