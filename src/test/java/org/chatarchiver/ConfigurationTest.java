package org.chatarchiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.archive.ArchiveProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/** Every setting is a component of a record, has an effect on it, and is refused at start where it cannot work. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationTest {
    private static final String HASH = "{bcrypt}$2a$10$4V9kA793Pi2xf94dYFgKWuw8ukyETxWb7tZ4/mfco9sWkwvBQndxW";
    private static final String FEED = "archiver.telemessage.base-url=https://feed.example.com";
    private static final ConversionService CONVERSION = ApplicationConversionService.getSharedInstance();
    private static final Pattern KEY = Pattern.compile("(?<![A-Za-z-])archiver\\.[a-z0-9-]+(\\.[a-z0-9-]+|\\[0])*");
    private static final Pattern QUOTED = Pattern.compile("`([a-z-]+)`");

    /** Keys that differ in their last part: {@code a.b} / {@code c} / {@code d}. */
    private static final Pattern FAMILY = Pattern.compile("`(archiver\\.[^`=*]+)`((?: / `[a-z-]+`)+)");

    /** What is permitted cannot be told from the type alone. */
    private static final Map<String, String> CHOSEN = Map.ofEntries(
            Map.entry("archiver.landing", "azure"),
            Map.entry("archiver.networks", "SIGNAL,TELEGRAM"),
            Map.entry("archiver.message-id-domain", "archive.example.com"),
            Map.entry("archiver.telemessage.base-url", "https://other.example.com"),
            Map.entry("archiver.recover-since", "2026-11-21T02:15:00Z"),
            Map.entry("archiver.broker.url", "amqps://broker.example.com:5671"),
            Map.entry("archiver.alerts.to", "ann@example.com"),
            Map.entry("archiver.alerts.from", "archiver@example.com"),
            Map.entry("archiver.alerts.host", "127.0.0.1"),
            Map.entry("archiver.alerts.security", "tls"),
            Map.entry("archiver.mapping.default-region", "GB"),
            Map.entry("archiver.tracing.endpoint", "https://collector.example.com/v1/traces"),
            Map.entry("archiver.tracing.sampling", "0.5"),
            // The transports that follow bring other values.
            Map.entry("archiver.exchange.transport", "imap"),
            Map.entry("archiver.azure-ad.authority-host", "https://login.microsoftonline.us"),
            Map.entry("archiver.retention.connectors[0].id", "wechat"),
            Map.entry("archiver.retention.connectors[0].landing", "3650d"),
            Map.entry("archiver.retention.connectors[0].ledger", "365d"),
            Map.entry("archiver.security.users[0].username", "ann"),
            Map.entry("archiver.security.users[0].password", HASH),
            Map.entry("archiver.security.users[0].roles", "COMPLIANCE_READER"));

    /** What stands in them has the keys. */
    private static final Set<String> LISTS = Set.of("archiver.security.users", "archiver.retention.connectors");

    /** Cannot be set together with others. */
    private static final Set<String> ALONE = Set.of("archiver.azure-ad.certificate");

    @ConfigurationPropertiesScan("org.chatarchiver")
    static class Records {}

    @Test
    void everyKeyThatIsNamedAnywhereIsOneOfARecord() throws IOException {
        Set<String> known = Settings.of(start(user())).keySet();

        assertThat(named())
                .contains("archiver.sweep", "archiver.exchange.imap.port", "archiver.azure.container")
                .allSatisfy(key -> assertThat(known).contains(key));
    }

    @Test
    void everyKeyCanBeSetAndIsReadBack() {
        Map<String, Settings.Setting> defaults = Settings.of(start(user()));
        Map<String, String> other = new TreeMap<>();
        defaults.forEach((key, setting) -> {
            if (!ALONE.contains(key)) {
                other.put(key, CHOSEN.getOrDefault(key, setting.other()));
            }
        });

        Map<String, Settings.Setting> set = Settings.of(start(lines(other)));

        other.forEach((key, value) -> {
            Settings.Setting read = set.get(key);
            assertThat(read.value()).as(key).isEqualTo(typed(value, read.type()));
            if (!CHOSEN.containsKey(key)) {
                assertThat(read.value()).as(key).isNotEqualTo(defaults.get(key).value());
            }
        });
    }

    @Test
    void aKeyThatStandsAloneIsReadBackToo() {
        Map<String, Settings.Setting> set = Settings.of(start(
                FEED,
                "archiver.azure-ad.certificate=archiver.pem",
                "archiver.azure-ad.tenant-id=tenant",
                "archiver.azure-ad.client-id=client"));

        assertThat(set.get("archiver.azure-ad.certificate").value()).isEqualTo("archiver.pem");
    }

    @Test
    void noSettingIsReadPastTheRecords() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("@Value("));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"60000", "60s", "1m", "PT1M"})
    void aPauseMeansTheSameInTheRecordAndInTheRoute(String text) throws Exception {
        Settings.Setting sweep =
                Settings.of(start(FEED, "archiver.sweep=" + text)).get("archiver.sweep");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThat(sweep.value())
                    .isEqualTo(Duration.ofMinutes(1))
                    .isEqualTo(camel.getTypeConverter().convertTo(Duration.class, text));
        }
        assertThat(Files.readString(Path.of("routes/sweep.camel.yaml"))).contains("period: \"{{archiver.sweep}}\"");
        assertThat(ArchiveProperties.class.getRecordComponents())
                .anyMatch(one -> one.getName().equals("sweep"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            archiver.landing                             | s3                      | must be file or azure
            archiver.data                                | ' '                     | path of a directory
            archiver.page-queue                          | ''                      | must not be blank
            archiver.queued-for                          | 0                       | 1
            archiver.broker.url                          | amqp://b.example.com    | must be amqps://<host>, or amqp:// on a loopback host
            archiver.broker.timeout                      | 0                       | 100
            archiver.broker.acknowledgement              | auto                    | transacted
            archiver.networks                            | we chat                 | must match
            archiver.sweep                               | 0                       | 100
            archiver.sweep                               | often                   | valid duration
            archiver.message-id-domain                   | no domain               | letters, digits, hyphens and dots
            archiver.recover-since                       | yesterday               | give a time such as
            archiver.alerts.to                           | ann@example.com         | archiver.alerts.host and archiver.alerts.from are needed
            archiver.alerts.from                         | nobody                  | well-formed email
            archiver.alerts.port                         | 0                       | greater than or equal to 1
            archiver.alerts.period                       | 0                       | 100
            archiver.alerts.interval                     | 0                       | must be above zero
            archiver.limits.attachment                   | 0B                      | at least 1B
            archiver.limits.email                        | large                   | DataSize
            archiver.chunk.messages                      | 0                       | greater than or equal to 1
            archiver.telemessage.base-url                | http://feed.example.com | use https://
            archiver.telemessage.page-limit              | 0                       | greater than or equal to 1
            archiver.telemessage.settle                  | PT-1S                   | longer than or equal to
            archiver.mapping.default-region              | England                 | two-letter region code
            archiver.mapping.cached-mailboxes            | 0                       | at least 1
            archiver.exchange.transport                  | pigeon                  | imap
            archiver.exchange.connections                | 0                       | greater than or equal to 1
            archiver.exchange.connections-per-mailbox    | 21                      | less than or equal to 20
            archiver.exchange.imap.host                  | ''                      | must not be blank
            archiver.exchange.imap.port                  | 70000                   | less than or equal to 65535
            archiver.exchange.imap.security              | ssl                     | starttls
            archiver.exchange.imap.auth                  | basic                   | xoauth2
            archiver.azure-ad.authority-host             | http://login.example    | must be https://
            archiver.tracing.endpoint                    | http://collector/traces | is for this machine only
            archiver.tracing.endpoint                    | no url                  | give it as https://
            archiver.tracing.sampling                    | 2                       | less than or equal to 1
            archiver.security.remember-logins            | PT-1S                   | to 1h
            archiver.security.remember-logins            | PT2H                    | to 1h
            """)
    void aValueThatCannotWorkIsRefusedWithItsKeyItselfAndTheCure(
            String key, String value, String cure, CapturedOutput output) {
        Map<String, Object> usable = Map.of("archiver.telemessage.base-url", "https://feed.example.com");
        assertThatThrownBy(() -> new SpringApplicationBuilder(Records.class)
                        .web(WebApplicationType.NONE)
                        .properties(usable)
                        .run("--" + key + "=" + value))
                .isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", value, cure)
                // An annotation's complaint has the name in Java's spelling.
                .containsPattern("(?i)" + key.replace(".", "\\.").replace("-", "-?"))
                .doesNotContain("\tat ");
    }

    /** The keys that README, the table of settings and the shipped properties name. */
    private static Set<String> named() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher family = FAMILY.matcher(line);
            while (family.find()) {
                String parent = family.group(1).substring(0, family.group(1).lastIndexOf('.') + 1);
                Matcher sibling = QUOTED.matcher(family.group(2));
                while (sibling.find()) {
                    keys.add(parent + sibling.group(1));
                }
            }
            find(line, keys);
        }
        for (String line : Files.readAllLines(Path.of("src/main/settings.md"))) {
            find(line, keys);
        }
        for (String line : Files.readAllLines(Path.of("src/main/resources/application.properties"))) {
            find(line, keys);
        }
        return keys;
    }

    private static void find(String line, Set<String> keys) {
        Matcher key = KEY.matcher(line);
        while (key.find()) {
            boolean whole = key.end() == line.length() || !line.startsWith(".*", key.end());
            if (whole && !line.startsWith("[", key.end()) && !LISTS.contains(key.group())) {
                keys.add(key.group());
            }
        }
    }

    private static Object typed(String value, TypeDescriptor type) {
        return type.getType() == Path.class ? Path.of(value) : CONVERSION.convert(value, type);
    }

    private static String[] user() {
        return Stream.concat(
                        Stream.of(FEED),
                        CHOSEN.entrySet().stream()
                                .filter(entry -> entry.getKey().contains("[0]"))
                                .map(entry -> entry.getKey() + "=" + entry.getValue()))
                .toArray(String[]::new);
    }

    private static String[] lines(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    private static Set<Object> start(String... lines) {
        Set<Object> records = new HashSet<>();
        new ApplicationContextRunner()
                .withUserConfiguration(Records.class)
                .withPropertyValues("archiver.page-queue=seda:pages")
                .withPropertyValues(lines)
                .run(context -> {
                    assertThat(context)
                            .as(() -> Arrays.stream(lines).collect(Collectors.joining("\n")))
                            .hasNotFailed();
                    context.getBeansOfType(Record.class).values().forEach(records::add);
                });
        return records;
    }
}
