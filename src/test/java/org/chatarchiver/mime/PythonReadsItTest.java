package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Party;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's {@code email}, with its modern policy and its old one, reads what mime4j reads. */
@RequiresProgram("python3")
class PythonReadsItTest {
    @TempDir
    Path folder;

    @Test
    void everyGoldenLetterIsReadAlike() throws Exception {
        everyOneIsReadAlike(
                GoldenMessage.all().stream().map(GoldenMessage::archived).toList(), true);
    }

    @Test
    void hostileTextInAnyFieldIsReadAlike() throws Exception {
        Random random = new Random(20261120);
        everyOneIsReadAlike(Stream.generate(() -> hostile(random)).limit(300).toList(), false);
    }

    private static ArchivedMessage hostile(Random random) {
        Supplier<String> any = () -> random.ints(random.nextInt(8), 0, ArchivedMessages.HOSTILE.size())
                .mapToObj(ArchivedMessages.HOSTILE::get)
                .collect(Collectors.joining());
        return ArchivedMessages.a(Kind.ATTACHMENT)
                .id("m" + any.get())
                .from(new Party("f" + any.get(), any.get(), any.get(), any.get()))
                .to(new Party(any.get() + "t", any.get(), any.get(), any.get()), Party.of("u" + any.get()))
                .group(any.get(), any.get())
                .text(any.get())
                .files(ArchivedMessages.file(any.get(), any.get(), any.get()))
                .archived();
    }

    private void everyOneIsReadAlike(List<ArchivedMessage> letters, boolean spaces) throws Exception {
        for (int i = 0; i < letters.size(); i++) {
            Files.write(folder.resolve(i + ".eml"), new ChatMime(ArchivedMessages.DOMAIN).write(letters.get(i)));
        }
        JsonNode all = python();
        for (int i = 0; i < letters.size(); i++) {
            JsonNode python = all.path(i + ".eml");
            ReadBack java = Mime4jReader.read(Files.readAllBytes(folder.resolve(i + ".eml")));
            assertThat(texts(python.path("names"))).isEqualTo(java.names());
            for (String policy : List.of("modern", "old")) {
                for (String name :
                        List.of("Subject", "X-Archive-Source-Id", "X-Archive-Conversation", "X-Archive-Owner")) {
                    assertThat(python.path(policy).path(name).asText(null))
                            .as("%s by the %s policy", name, policy)
                            .isEqualTo(java.headers().get(name));
                }
            }
            assertThat(people(people(python.path("from")), spaces)).isEqualTo(people(java.from(), spaces));
            assertThat(people(people(python.path("to")), spaces)).isEqualTo(people(java.to(), spaces));
            assertThat(python.path("plain").asText()).isEqualTo(java.plain());
            assertThat(python.path("html").asText()).isEqualTo(java.html());
            assertThat(files(python.path("files"))).isEqualTo(java.files());
            assertThat(texts(python.path("notes"))).isEqualTo(java.notes());
            assertThat(texts(python.path("defects")))
                    .as(letters.get(i).message().id())
                    .isEmpty();
        }
    }

    private JsonNode python() throws IOException, InterruptedException {
        Path out = folder.resolve("out.json");
        Process process = new ProcessBuilder("python3", "src/test/resources/mime/read.py", folder.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        return new ObjectMapper().readTree(out.toFile());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /**
     * @param spaces whether those in display names count: Python 3.11 puts one between two encoded words, which shows amid a name of
     *     more than 45 bytes without any
     */
    private static List<ReadBack.Person> people(List<ReadBack.Person> people, boolean spaces) {
        return people.stream()
                .map(person -> new ReadBack.Person(person.name().replaceAll(" +", spaces ? " " : ""), person.address()))
                .toList();
    }

    private static List<ReadBack.Person> people(JsonNode list) {
        List<ReadBack.Person> people = new ArrayList<>();
        list.forEach(pair ->
                people.add(new ReadBack.Person(pair.get(0).asText(), pair.get(1).asText())));
        return people;
    }

    private static List<ReadBack.File> files(JsonNode list) {
        List<ReadBack.File> files = new ArrayList<>();
        list.forEach(file -> files.add(new ReadBack.File(
                file.get(0).asText(), file.get(1).asText(), file.get(2).asText())));
        return files;
    }
}
