package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;

/** Each kind of bad edit, and each way of writing, during a run. Runs behind {@code mvn package}. */
@RequiresProgram({"dovecot", "python3"})
class BadEditsDuringRunIT extends EditedRunBed {
    private static final String WECHAT = "connectors/wechat.camel.yaml";
    private static final String OTHER = "0 0 0 2 2 ? 2099";

    private static final List<Bad> OF_SHARED_FILES = List.of(
            new Bad("deliver.camel.yaml", "- filter:", "- filter: ]", "deliver.camel.yaml"),
            new Bad("deliver.camel.yaml", "- filter:", "- filtr:", "did you mean 'filter'?"),
            new Bad(
                    "deliver.camel.yaml",
                    "microsoft-exchange:append",
                    "microsoft-exchnge:append",
                    "microsoft-exchange"),
            new Bad("collect.camel.yaml", "stateful: true", "stateflu: true", "did you mean 'stateful'?"),
            new Bad("archive.camel.yaml", "ref: chat-mime", "ref: chat-mim", "chat-mim"),
            new Bad("retry.camel.yaml", "period: 250", "period: often", "give a number, or a time such as 5s"),
            new Bad("archive.camel.yaml", "ref: sendJournal", "ref: sendJurnal", "sendJurnal"),
            new Bad("sweep.camel.yaml", "method: due", "method: dew", "calls the method 'dew'"),
            new Bad("poll.camel.yaml", "direct:collect-page", "direct:colect-page", "which no route listens to"),
            new Bad("archive.camel.yaml", "id: make-email", "id: archive-chunk", "archive-chunk"),
            new Bad("deliver.camel.yaml", "microsoft-exchange:append", "{{nothing.is.set}}", "{{...}} in quotes"),
            new Bad("deliver.camel.yaml", "microsoft-exchange:append", "'{{nothing.is.set}}'", "nothing.is.set"));

    private static final List<Bad> OF_CONNECTORS = List.of(
            new Bad(WECHAT, NEVER, "0 99 * * * ?", "Quartz would read 98 as ? and 99 as *"),
            new Bad(WECHAT, NEVER, "0 15 2 * *", "is no Quartz cron expression"),
            new Bad(WECHAT, "\"WECHAT\"", "\"TELEGRAM\"", "has archived WECHAT before"),
            new Bad(WECHAT, "name: schedule", "name: shedule", "shedule"),
            new Bad(WECHAT, "routeId: wechat", "routeId: whatsapp", "routeId other than its parameter"));

    /** @param said in what is told of it */
    private record Bad(String file, String from, String to, String said) {}

    /** So that there is time for all of them. */
    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("archiver.routes-watch", "1s");
        settings.put("archiver.queued-for", "5s");
        return settings;
    }

    @Test
    void noKindOfBadEditAndNoWayOfWritingHarmsTheRun() throws Exception {
        String run = begin();
        for (Bad bad : OF_SHARED_FILES) {
            harmsNothing(bad);
        }
        held.get(1_300).countDown();
        for (Bad bad : OF_CONNECTORS) {
            harmsNothing(bad);
        }
        anotherOfItsNetworkAndUser();
        held.get(2_600).countDown();

        besideAnEditorsFiles();
        growing();
        theDirectoryGoesAndComesBack();
        byAConfigMap();
        held.get(3_900).countDown();

        endsWithEverythingOnce(run);
    }

    private void harmsNothing(Bad bad) throws Exception {
        String good = read(bad.file());
        edit(bad.file(), bad.from(), bad.to());
        within(bad.toString(), () -> routes().path("problems").toString().contains(bad.said()));
        assertThat(state(bad.file())).isEqualTo("FORMER_IN_FORCE");
        assertThat(archiver.get("/actuator/health").path("status").asText()).isEqualTo("DEGRADED");
        write(bad.file(), good);
        within("mended: " + bad, () -> routes().path("problems").isEmpty() && inForce(bad.file()));
    }

    private void anotherOfItsNetworkAndUser() throws Exception {
        String second = "connectors/second.camel.yaml";
        write(second, read(WECHAT).replace("\"wechat\"", "\"second\"").replace("routeId: wechat", "routeId: second"));
        within("a second one", () -> routes().path("problems").toString().contains("the same network and user name"));
        assertThat(schedule("wechat")).isEqualTo(NEVER);
        Files.delete(home.routes().resolve(second));
        within("the second one deleted", () -> routes().path("problems").isEmpty());
    }

    private void besideAnEditorsFiles() throws Exception {
        Path connectors = home.routes().resolve("connectors");
        Files.writeString(connectors.resolve(".wechat.camel.yaml.swp"), "- route: [");
        Files.writeString(connectors.resolve("wechat.camel.yaml~"), read(WECHAT));
        Path made = Files.writeString(connectors.resolve("4913"), read(WECHAT).replace(NEVER, OTHER));
        Files.move(
                made,
                home.routes().resolve(WECHAT),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        within("renamed over", () -> schedule("wechat").equals(OTHER));
    }

    /** Before it is whole, nothing of it is taken. */
    private void growing() throws Exception {
        String text = read(WECHAT).replace(OTHER, NEVER);
        Path file = home.routes().resolve(WECHAT);
        Files.writeString(file, "");
        int pieces = 8;
        int length = text.length() / pieces;
        for (int piece = 0; piece < pieces; piece++) {
            assertThat(schedule("wechat")).isEqualTo(OTHER);
            Files.writeString(
                    file,
                    text.substring(piece * length, piece == pieces - 1 ? text.length() : (piece + 1) * length),
                    StandardOpenOption.APPEND);
        }
        within("written in pieces", () -> schedule("wechat").equals(NEVER));
    }

    private void theDirectoryGoesAndComesBack() throws Exception {
        Path away = Files.move(home.routes(), home.folder().resolve("away"));
        within("a directory that is gone", () -> !routes().path("problems").isEmpty());
        assertThat(schedule("wechat")).isEqualTo(NEVER);
        Files.move(away, home.routes());
        within("a directory that is back", () -> routes().path("problems").isEmpty());
    }

    private void byAConfigMap() throws Exception {
        Path connectors = home.routes().resolve("connectors");
        Path first = Files.move(connectors, home.folder().resolve("..first"));
        Path second = Files.createDirectory(home.folder().resolve("..second"));
        Path made = Files.createDirectory(home.folder().resolve("made"));
        exchange(made, first);
        for (String name : List.of("wechat.camel.yaml", "whatsapp.camel.yaml")) {
            Files.createSymbolicLink(made.resolve(name), Path.of("..data", name));
            Files.writeString(
                    second.resolve(name), Files.readString(first.resolve(name)).replace(NEVER, OTHER));
        }
        Files.move(made, connectors);
        exchange(connectors, second);
        within(
                "a ConfigMap's exchange",
                () -> schedule("wechat").equals(OTHER) && schedule("whatsapp").equals(OTHER));
    }

    /** As Kubernetes does it: the link is made beside and renamed over. */
    private static void exchange(Path directory, Path target) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), target.toAbsolutePath());
        Files.move(
                link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
