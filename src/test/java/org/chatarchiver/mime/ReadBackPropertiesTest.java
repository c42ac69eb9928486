package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

class ReadBackPropertiesTest {
    private static final List<String> ALWAYS = List.of(
            "Message-ID",
            "Date",
            "From",
            "To",
            "Subject",
            "References",
            "MIME-Version",
            "Content-Class",
            "X-Archive-Version",
            "X-Archive-Connector",
            "X-Archive-Network",
            "X-Archive-Source-Id",
            "X-Archive-Conversation",
            "X-Archive-Direction",
            "X-Archive-Event",
            "X-Archive-Page-SHA256",
            "Content-Type");

    /** Angus Mail takes a backslash at the end of a line for an escaped line end. */
    @Example
    void aBackslashWhereALineEndsIsKept() {
        String name = "x".repeat(50) + "C:\\ Ann " + "y".repeat(50);
        Party sender = new Party("+447700900123", name, "", "");
        ArchivedMessage archived =
                ArchivedMessages.chat().from(sender).text("hello").archived();
        byte[] mime = new ChatMime(ArchivedMessages.DOMAIN).write(archived);
        for (ReadBack read : List.of(Mime4jReader.read(mime), AngusReader.read(mime))) {
            assertThat(read.from()).isEqualTo(people(archived, List.of(sender)));
            assertThat(read.headers()).containsEntry("Subject", Subjects.of(archived));
        }
    }

    @Property(tries = 300)
    void anyTextInAnyFieldIsReadBackByMime4jAndAngusAlike(@ForAll("letters") ArchivedMessage archived) {
        byte[] mime = new ChatMime(ArchivedMessages.DOMAIN).write(archived);
        for (ReadBack read : List.of(Mime4jReader.read(mime), AngusReader.read(mime))) {
            Message message = archived.message();
            assertThat(read.plain()).isEqualTo(Clean.body(message.text()));
            assertThat(read.html()).isEqualTo(Clean.body(Html.of(ChatBody.of(archived))));
            assertThat(read.headers())
                    .containsEntry("Subject", Subjects.of(archived))
                    .containsEntry("X-Archive-Source-Id", Clean.header(message.id()))
                    .containsEntry("X-Archive-Conversation", Clean.header(message.conversation()));
            Parties parties = Parties.of(message);
            assertThat(read.from()).isEqualTo(people(archived, List.of(parties.sender())));
            assertThat(read.to()).isEqualTo(people(archived, parties.recipients()));
            assertThat(read.files()).extracting(ReadBack.File::name).containsExactlyElementsOf(names(archived));
            assertThat(read.files())
                    .extracting(ReadBack.File::type)
                    .containsExactlyElementsOf(archived.attachments().stream()
                            .map(file -> MediaTypes.bare(file.contentType()))
                            .toList());
        }
    }

    @Property(tries = 300)
    void noValueStartsAHeaderOfItsOwn(@ForAll("letters") ArchivedMessage archived) {
        byte[] mime = new ChatMime(ArchivedMessages.DOMAIN).write(archived);
        List<String> expected = new ArrayList<>(ALWAYS);
        if (!archived.message().msisdn().isEmpty()) {
            expected.add("X-Archive-Owner");
        }
        if (!archived.message().about().isEmpty()) {
            expected.add("In-Reply-To");
        }
        assertThat(Mime4jReader.read(mime).names()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(AngusReader.read(mime).names()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = 300)
    void everyByteIsAsciiInLinesOfAtMost998EndedByCrLf(@ForAll("letters") ArchivedMessage archived) {
        byte[] mime = new ChatMime(ArchivedMessages.DOMAIN).write(archived);
        String text = new String(mime, StandardCharsets.ISO_8859_1);
        assertThat(text.chars().allMatch(c -> c < 0x80)).isTrue();
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(Stream.of(text.split("\r\n"))).allMatch(line -> line.length() <= 998);
        String head = text.substring(0, text.indexOf("\r\n\r\n"));
        assertThat(Stream.of(head.split("\r\n")))
                .allMatch(line -> line.length() <= 78 || line.matches("([A-Za-z0-9-]+:)? [^ ]+"));
        assertThat(new ChatMime(ArchivedMessages.DOMAIN).write(archived)).isEqualTo(mime);
    }

    @Provide
    Arbitrary<ArchivedMessage> letters() {
        Arbitrary<Party> party =
                Combinators.combine(some(), any(), any(), any()).as(Party::new);
        Arbitrary<ArchivedMessages> people = Combinators.combine(
                        some(), party, party.list().ofMaxSize(5), any(), any(), any())
                .as((id, from, to, text, owner, about) -> ArchivedMessages.a(Kind.ATTACHMENT)
                        .id(id)
                        .from(from)
                        .to(to.toArray(Party[]::new))
                        .text(text)
                        .owner(org.chatarchiver.message.Direction.IN, owner)
                        .about(about));
        return Combinators.combine(people, any(), any(), any(), any())
                .as((letters, subject, name, type, content) -> letters.subject(subject)
                        .group(subject, name)
                        .files(
                                ArchivedMessages.file(name, type, content),
                                ArchivedMessages.file(subject, "image/png", content))
                        .archived());
    }

    private static Arbitrary<String> some() {
        return any().filter(text -> !text.isEmpty());
    }

    /** All of Unicode, lone surrogates and control characters included, and what has a meaning in e-mails. */
    private static Arbitrary<String> any() {
        Arbitrary<String> wild = Arbitraries.strings().all().ofMaxLength(120);
        Arbitrary<String> pieces =
                Arbitraries.of(ArchivedMessages.HOSTILE).list().ofMaxSize(12).map(list -> String.join("", list));
        return Arbitraries.oneOf(wild, pieces, Arbitraries.of("", "Ann", "Ann Lee", "+447700900123"));
    }

    private static List<ReadBack.Person> people(ArchivedMessage archived, List<Party> parties) {
        return parties.stream()
                .map(party -> new ReadBack.Person(Addresses.name(party), Addresses.of(party, archived.network())))
                .toList();
    }

    private static List<String> names(ArchivedMessage archived) {
        List<String> names = new ArrayList<>();
        archived.attachments().forEach(file -> names.add(FileNames.safe(file, names.size() + 1)));
        return names;
    }
}
