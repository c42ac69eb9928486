package org.chatarchiver.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.ThrowingConsumer;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.channel.ChannelPace;
import org.chatarchiver.channel.ErrorChannelRecorder;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.PageSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A run that polls, with its ledger, its landing zone and its password, and answers that a test spells out. */
abstract class PageFetchFixture {
    static final Connector WECHAT = LedgerOnH2.connector("wechat");
    static final String PAGE = """
            {"messages":[{"messageId":"m1"},{"messageId":"m2"}],"nextCursor":"c2","totalCount":9}""";

    @TempDir
    Path folder;

    final LedgerOnH2 ledger = new LedgerOnH2();
    final Leases leases = new Leases(ledger.bean(RunLeases.class));
    final Map<String, Object> headers = new HashMap<>();
    LandingContext landing;
    PageFetch fetch;
    CollectionState poll;

    @BeforeEach
    void aRunPolls() throws Exception {
        landing = LandingContext.directory(folder);
        DataDirectory data = new DataDirectory(folder);
        Files.writeString(data.directory("secrets", "wechat").resolve("password"), "secret");
        Watermarks watermarks = ledger.bean(Watermarks.class);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        fetch = new PageFetch(
                new FeedLogins(new Secrets(data), data, Clock.systemUTC()),
                CollectingFixture.feed(),
                landing.staging(),
                landing.landings(),
                new FeedClocks(CollectingFixture.feed(), ledger.clock(), metrics, new Alarms()),
                leases,
                new Retention(
                        CollectingFixture.dueWindows(watermarks, ledger.bean(AskedWindows.class), ledger.clock()),
                        watermarks,
                        ledger.bean(Runs.class),
                        ledger.bean(Polls.class),
                        ledger.bean(FailedWindows.class),
                        CollectingFixture.feed(),
                        new ErrorChannelRecorder(ledger.bean(Channels.class), new ChannelPace(ledger.clock()), metrics),
                        ledger.clock()),
                ledger.clock());
        Instant now = ledger.clock().instant();
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, now.minus(Duration.ofDays(1)), now)
                .orElseThrow();
        poll = new RunOpenings(leases, watermarks).opened(WECHAT, run, new WindowQueue(List.of(), Duration.ZERO, 0));
    }

    @AfterEach
    void close() throws IOException {
        landing.close();
        ledger.close();
    }

    Staged<PageSummary> stage(int status, InputStream body) throws IOException {
        return stage(status, body, poll);
    }

    Staged<PageSummary> stage(int status, InputStream body, CollectionState state) throws IOException {
        return fetch.stage(body, status, headers, state);
    }

    /** Behind a first page that has given a cursor. */
    CollectionState second() {
        return poll.resumed(1, summary());
    }

    PageSummary summary() {
        try (Staged<PageSummary> staged = fetch.stage(bytes(PAGE), 200, new HashMap<>(), poll)) {
            return staged.value();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ThrowingConsumer<Throwable> refused(Reason reason) {
        return error -> assertThat(error)
                .asInstanceOf(type(FeedException.class))
                .extracting(FeedException::reason)
                .isEqualTo(reason);
    }

    String uri() {
        return (String) headers.get("CamelHttpUri");
    }

    static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    static String content(Staged<?> staged) throws IOException {
        try (InputStream plain = new GZIPInputStream(Files.newInputStream(staged.file()))) {
            return new String(plain.readAllBytes(), UTF_8);
        }
    }

    List<String> landed() throws IOException {
        return names(folder.resolve("landing"), "");
    }

    List<String> stagedFiles() throws IOException {
        return names(folder.resolve("staging"), ".part");
    }

    static List<String> names(Path directory, String ending) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
