package org.chatarchiver.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.message.Content.Absent;
import org.chatarchiver.message.Content.InMemory;
import org.chatarchiver.message.Content.OnDisk;
import org.chatarchiver.message.Content.Remote;
import org.chatarchiver.message.Content.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
    private static final String SHA = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void isLowerCaseHexAndTheSameForTheSameMessage() {
        assertThat(digest("hello")).matches("[0-9a-f]{64}").isEqualTo(digest("hello"));
    }

    @Test
    void differsWithTheText() {
        assertThat(digest("hello")).isNotEqualTo(digest("hello "));
    }

    @Test
    void doesNotMistakeOneFieldsEndForTheNextOnesStart() {
        assertThat(of("ab", "c", "", List.of("2"))).isNotEqualTo(of("a", "bc", "", List.of("2")));
        assertThat(of("", "", "", List.of("12"))).isNotEqualTo(of("", "", "", List.of("1", "2")));
    }

    @Test
    void countsTheCall() {
        assertThat(of("", "", "", List.of(), new Call(null, 1, TIME, null, Duration.ofSeconds(5))))
                .isNotEqualTo(of("", "", "", List.of(), new Call(null, 1, TIME, null, Duration.ofSeconds(6))))
                .isNotEqualTo(of("", "", "", List.of(), new Call(null, 2, TIME, null, Duration.ofSeconds(5))))
                .isNotEqualTo(of("", "", "", List.of()));
    }

    @Test
    void countsEachCallAndWhoseItIs() {
        Call one = new Call(null, 1, TIME, null, null);
        Call anns = new Call(Party.of("3"), 1, TIME, null, null);
        Call bens = new Call(Party.of("4"), 1, TIME, null, null);
        assertThat(Stream.of(
                                List.of(one),
                                List.of(one, one),
                                List.of(anns),
                                List.of(bens),
                                List.of(anns, bens),
                                List.of(anns, one),
                                List.of(one, anns))
                        .map(calls -> of("", "", "", List.of(), calls.toArray(Call[]::new))))
                .doesNotHaveDuplicates();
        assertThat(of("", "", "", List.of(), new Call(new Party("3", "Ann", "", ""), 1, TIME, null, null)))
                .isEqualTo(of("", "", "", List.of(), anns));
    }

    @Test
    void isWhatItWasWhenAMessageHadOneCallAtMost() {
        assertThat(of("s", "t", "", List.of("2"))).startsWith("0329c58383cdb191");
        assertThat(of("s", "t", "", List.of("2"), new Call(null, 1, TIME, null, Duration.ofSeconds(5))))
                .startsWith("9ba7eed221496759");
    }

    @Test
    void doesNotCountNamesOfPeopleNorTheirOrder() {
        assertThat(digest(List.of(Party.of("2"), new Party("3", "Ann", "Lee", "ann@example.com"))))
                .isEqualTo(digest(List.of(Party.of("3"), Party.of("2"))));
    }

    @Test
    void isTheSameForBytesInMemoryAndOnDiskAndLeftOutForTheirSize(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hello"), "hello");
        String inMemory = digest(new InMemory("hello".getBytes(StandardCharsets.UTF_8), SHA));
        assertThat(inMemory)
                .isEqualTo(digest(new OnDisk(file, 5, SHA)))
                .isEqualTo(digest(new Absent(Why.TOO_LARGE, 5, SHA)))
                .isEqualTo(digest(new Absent(Why.ITEM_TOO_LARGE, 5, SHA)))
                .isNotEqualTo(digest(new InMemory(new byte[0], SHA.replace('2', '3'))));
    }

    @Test
    void takesTheHrefOfARemoteFileAndNoReasonOfAnAbsentOne() {
        assertThat(digest(new Remote("/a"))).isNotEqualTo(digest(new Remote("/b")));
        assertThat(digest(new Absent(Why.GONE, -1, ""))).isEqualTo(digest(new Absent(Why.UNDECODABLE, -1, "")));
    }

    @Test
    void isTheSameWhateverTheSourceDeclaresOfAFile() {
        Content content = new InMemory(new byte[0], SHA);
        assertThat(digest(content, new Declared(7, SHA))).isEqualTo(digest(content));
        assertThat(digest(new Remote("/a", (Content.Present) content), new Declared(7, "")))
                .isEqualTo(digest(content));
    }

    private static String digest(String text) {
        return of(text, "", "", List.of("2"));
    }

    private static String digest(Content content) {
        return digest(content, Declared.NOTHING);
    }

    private static String digest(Content content, Declared declared) {
        return ContentDigest.of(message("", "", "", List.of(Party.of("2")))
                .with(List.of(new Attachment("a.txt", "text/plain", content, declared))));
    }

    private static String digest(List<Party> to) {
        return ContentDigest.of(message("x", "", "", to));
    }

    private static String of(String subject, String text, String about, List<String> to, Call... calls) {
        return ContentDigest.of(
                message(subject, text, about, to.stream().map(Party::of).toList(), calls));
    }

    private static Message message(String subject, String text, String about, List<Party> to, Call... calls) {
        return new Message(
                "m1",
                Kind.CHAT,
                about,
                TIME,
                "app-message",
                Direction.IN,
                "2",
                Party.of("1"),
                to,
                null,
                subject,
                text,
                "",
                "",
                List.of(calls),
                List.of());
    }
}
