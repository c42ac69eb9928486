package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Route;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;

/** However a route file is written, it is noticed, and never taken half-written. */
class RouteWritesTest extends EditBed {
    private static final String FILE = "connectors/wechat.camel.yaml";
    private static final String OTHER = "0 0 0 2 2 ? 2099";

    @Test
    void writtenInPlace() throws Exception {
        write(FILE, edited(read(FILE), SmallDay.NEVER, OTHER));
        untilTaken();
    }

    @Test
    void renamedOverBesideAnEditorsFiles() throws Exception {
        Path swap = path("connectors/.wechat.camel.yaml.swp");
        Path backup = path("connectors/wechat.camel.yaml~");
        Files.writeString(swap, "- route: [");
        Files.writeString(backup, read(FILE));
        Path made = path("connectors/4913");
        Files.writeString(made, edited(read(FILE), SmallDay.NEVER, OTHER));
        Files.move(made, path(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        untilTaken();
        assertThat(problems()).isEmpty();
    }

    @Test
    void aFileThatGrowsIsNotTakenBeforeItComesToRest() throws Exception {
        byte[] whole = edited(read(FILE), SmallDay.NEVER, OTHER).getBytes(StandardCharsets.UTF_8);
        Route before = route("wechat");
        Files.write(path(FILE), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        Instant end = Instant.now().plus(Duration.ofSeconds(3));
        int written = 0;
        while (written < whole.length) {
            // Written to faster than it is looked at twice: each look finds another text.
            int part = Math.max(1, whole.length / 60);
            int length = Math.min(part, whole.length - written);
            Files.write(
                    path(FILE),
                    java.util.Arrays.copyOfRange(whole, written, written + length),
                    StandardOpenOption.APPEND);
            written += length;
            assertThat(route("wechat")).isSameAs(before);
            assertThat(problems()).isEmpty();
            pause(end, whole.length - written);
        }
        untilTaken();
    }

    /** Spreads what is left over the time that is left. */
    private static void pause(Instant end, int left) {
        long millis = Math.max(0, Duration.between(Instant.now(), end).toMillis());
        Instant next = Instant.now().plusMillis(left == 0 ? 0 : Math.min(60, millis));
        SmallDay.await().pollInterval(Duration.ofMillis(10)).until(() -> !Instant.now()
                .isBefore(next));
    }

    @Test
    void aDirectoryThatDisappearsLeavesWhatRunsAndIsTold() throws Exception {
        Route wechat = route("wechat");
        Path away = day.home.routes().resolveSibling("away");
        for (Path lost : new Path[] {path("connectors"), day.home.routes()}) {
            Files.move(lost, away);
            untilBad();
            assertThat(health()).isEqualTo("DEGRADED");
            assertThat(route("wechat")).isSameAs(wechat);
            assertThat(connector("wechat")).isNotNull();
            Files.move(away, lost);
            untilGood();
            assertThat(route("wechat")).isSameAs(wechat);
        }
        day.message("WECHAT", "w1", start.minus(HOUR));
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
    }

    @Test
    void aConfigMapsExchangedDirectory() throws Exception {
        Path connectors = path("connectors");
        Path first = Files.move(connectors, day.home.routes().resolve("..2026_11_29_first"));
        Files.createDirectory(connectors);
        exchange(connectors, first);
        for (String name : new String[] {"wechat", "whatsapp"}) {
            Files.createSymbolicLink(connectors.resolve(name + ".camel.yaml"), Path.of("..data", name + ".camel.yaml"));
        }
        untilGood();

        Path second = Files.createDirectory(day.home.routes().resolve("..2026_11_29_second"));
        for (String name : new String[] {"wechat.camel.yaml", "whatsapp.camel.yaml"}) {
            Files.writeString(
                    second.resolve(name), Files.readString(first.resolve(name)).replace(SmallDay.NEVER, OTHER));
        }
        exchange(connectors, second);
        untilTaken();
        assertThat(connector("whatsapp").schedule()).isEqualTo(OTHER);
    }

    /** As Kubernetes does it: the link is made beside and renamed over. */
    private static void exchange(Path connectors, Path target) throws IOException {
        Path link = Files.createSymbolicLink(connectors.resolve("..data_tmp"), target.toAbsolutePath());
        Files.move(
                link,
                connectors.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void untilTaken() {
        SmallDay.await()
                .atMost(SOON)
                .until(() -> connector("wechat") != null
                        && connector("wechat").schedule().equals(OTHER));
        untilGood();
        assertThat(state(FILE).problems()).isEmpty();
    }
}
