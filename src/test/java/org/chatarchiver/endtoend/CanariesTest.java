package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.chatarchiver.ledger.Channel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** After a day with every kind of failure no secret, no word of a message and no name in it stands anywhere but where it belongs. */
@ExtendWith(OutputCaptureExtension.class)
class CanariesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    @TempDir
    static Path folder;

    private static Set<Path> before;
    private static CanaryDay day;

    @BeforeAll
    static void live() throws Exception {
        before = temporary();
        day = new CanaryDay(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        day.close();
    }

    /** Else nothing found would say nothing. */
    @Test
    void theySingWhereTheyBelong() throws IOException {
        Path data = day.bed().home().data();
        List<String> found = new ArrayList<>();
        for (Path file : files(data.resolve("landing"))) {
            found.addAll(day.canaries().in("the landing zone", Files.readAllBytes(file)));
        }
        assertThat(found)
                .anyMatch(line -> line.startsWith("the landing zone, unpacked tells the text of a message"))
                .anyMatch(line -> line.startsWith("the landing zone, unpacked tells the content of a file, in base64"))
                .anyMatch(line -> line.startsWith("the landing zone, unpacked tells the name of a file"));
        assertThat(day.canaries().in("the secret", Files.readString(data.resolve("secrets/wechat/password"))))
                .hasSizeGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theDayHadEveryKindOfFailure(Channel channel) {
        assertThat(day.bed()
                        .archiver()
                        .bean(JdbcTemplate.class)
                        .queryForObject(
                                "select count(*) from channel_entry where channel = ?", Long.class, channel.name()))
                .isPositive();
    }

    /** Whatever page is added is searched by being there. */
    @Test
    void noPageTellsOne() throws Exception {
        ConsoleClient ada = ConsoleClient.of(day.bed().archiver().port(), ADMIN, PASSWORD);
        List<String> pages = new ArrayList<>(paths("/console"));
        for (Channel channel : Channel.values()) {
            pages.add("/console/channels/" + channel.id());
            pages.add("/console/channels/" + channel.id() + "?closed=true");
        }
        for (String word : List.of("good0", "+447700900123", TestBed.ANN, "too-large", "unmapped")) {
            pages.add("/console/search?q=" + word.replace("+", "%2B"));
        }
        pages.addAll(List.of("/console/none", "/console/runs/none", "/console/channels/none", "/error", "/none"));
        List<String> found = new ArrayList<>();
        for (String page : pages) {
            HttpResponse<String> answer = ada.get(page, "Accept", "text/html");
            found.addAll(day.canaries().in(page, answer.headers() + answer.body()));
        }
        HttpResponse<String> refused = ada.post("/console/channels/unmapped/requeue", "none", "ids", "1");
        found.addAll(day.canaries().in("a refused form", refused.headers() + refused.body()));
        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(found).isEmpty();
    }

    @Test
    void noAnswerOfTheApiTellsOne() throws Exception {
        ApiClient api = new ApiClient(day.bed().archiver(), ADMIN, PASSWORD);
        List<String> paths = new ArrayList<>(paths("/api"));
        for (Channel channel : Channel.values()) {
            paths.add("/api/channels/" + channel.id());
            paths.add("/api/channels/" + channel.id() + "?closed=true");
        }
        paths.addAll(List.of(
                "/api/search?q=good0",
                "/api/search?q=%2B447700900123",
                "/api/items?state=failed",
                "/api/items?state=waiting",
                "/api/openapi",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/env",
                "/actuator/configprops",
                "/actuator/heapdump",
                "/actuator/threaddump",
                "/actuator/info",
                "/actuator/sbom/application"));
        List<String> found = new ArrayList<>();
        for (String path : paths) {
            HttpResponse<String> answer = api.get(path);
            found.addAll(day.canaries().in(path, answer.headers() + answer.body()));
        }
        assertThat(paths).hasSizeGreaterThan(30);
        assertThat(found).isEmpty();
    }

    @Test
    void whoGivesAPasswordIsNotToldIt() {
        List<String> found = new ArrayList<>();
        day.answers().forEach(answer -> found.addAll(day.canaries().in(answer.substring(0, 3) + " at a door", answer)));
        assertThat(day.answers()).hasSizeGreaterThan(46).anyMatch(answer -> answer.startsWith("201"));
        assertThat(found).isEmpty();
    }

    @Test
    void neitherJolokiaNorCamelTellsOne() throws Exception {
        HawtioClient ada = day.hawtio().as(ADMIN);
        String everything = "*:*";
        TreeSet<String> names = new TreeSet<>();
        for (ObjectName name : ManagementFactory.getPlatformMBeanServer().queryNames(null, null)) {
            names.add(name.getCanonicalName());
        }
        ArrayNode requests = HawtioClient.JSON.createArrayNode();
        ObjectNode lenient = HawtioClient.JSON.createObjectNode().put("ignoreErrors", true);
        names.forEach(name -> requests.add(HawtioClient.read(name).set("config", lenient)));
        requests.add(HawtioClient.JSON.createObjectNode().put("type", "list"));
        requests.add(HawtioClient.JSON.createObjectNode().put("type", "search").put("mbean", everything));
        String context = "org.apache.camel:context=chat-archiver,type=context,name=\"chat-archiver\"";
        requests.add(HawtioClient.exec(context, "dumpRoutesAsXml()"));
        requests.add(HawtioClient.exec(context, "dumpRoutesStatsAsXml", true, true));
        String told = ada.post(requests).toString();

        assertThat(told).contains("sweep-pages", "ExchangesTotal");
        assertThat(day.canaries().in("Jolokia", told)).isEmpty();
        assertThat(day.canaries().in("Camel", Untold.routes(day.bed().archiver())))
                .isEmpty();
    }

    @Test
    void noLineOfTheLogTellsOne(CapturedOutput output) {
        assertThat(output.getAll()).contains("PAGE_NOT_JSON", "SOURCE_UNAUTHORIZED", "TIME_MISSING");
        assertThat(day.canaries().in("the log", output.getAll())).isEmpty();
    }

    /** As rows, since the file may be packed, and as the bytes of the file too. */
    @Test
    void theLedgerHoldsNone() throws IOException {
        String rows =
                String.join("\n", day.bed().archiver().bean(JdbcTemplate.class).queryForList("script", String.class));
        assertThat(rows).contains("unmapped", "channel_entry");
        assertThat(day.canaries().in("the ledger", rows)).isEmpty();
    }

    /** What has landed is kept as it came, and the passwords are where they belong. */
    @Test
    void noFileOfTheArchiverHoldsOneButTheLandedAndTheSecretOnes() throws IOException {
        Path data = day.bed().home().data();
        List<Path> files = new ArrayList<>();
        Set<Path> made = temporary();
        made.removeAll(before);
        made.add(day.bed().home().folder());
        for (Path root : made) {
            files.addAll(files(root));
        }
        files.removeIf(file -> file.startsWith(data.resolve("landing")) || file.startsWith(data.resolve("secrets")));
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            try {
                found.addAll(day.canaries().in(file.getFileName().toString(), Files.readAllBytes(file)));
            } catch (NoSuchFileException e) {
                // It has gone by now.
            }
        }
        assertThat(files).anyMatch(file -> file.toString().endsWith(".mv.db"));
        assertThat(found).isEmpty();
    }

    /** Those of GET requests below a path, each with a thing that there is. */
    private static List<String> paths(String below) {
        Map<String, String> things = Map.of(
                "run",
                day.run().run().id(),
                "channel",
                Channel.UNDELIVERABLE.id(),
                "id",
                TestBed.WECHAT,
                "draft",
                day.draft());
        return day
                .bed()
                .archiver()
                .bean(DispatcherServlet.class)
                .getWebApplicationContext()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(pattern -> pattern.startsWith(below))
                .map(pattern -> VARIABLE.matcher(pattern)
                        .replaceAll(variable -> things.getOrDefault(variable.group(1), "none")))
                .sorted()
                .toList();
    }

    /** Those that are there: databases of others have files that come and go. */
    private static List<Path> files(Path root) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    all.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> !path.getFileName().toString().startsWith("junit"))
                    .collect(Collectors.toSet());
        }
    }
}
