package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;

/** An archiver, and an account at TeleMessage with all networks of which no connector is there yet; and the wizard's forms. */
final class SetupBed implements AutoCloseable {
    static final String SETUP = "/console/setup";
    static final String USER = "ops2";
    static final String SECRET = "canary-of-a-new-password";

    private static final Pattern DRAFT = Pattern.compile(SETUP + "/([0-9a-f-]{36})/");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
    private static final Pattern DIGEST = Pattern.compile("name=\"sha256\" value=\"([0-9a-f]{64})\"");

    private final HawtioBed bed;
    private final ConsoleClient admin;

    SetupBed(Path folder) throws Exception {
        this(folder, settings -> settings);
    }

    SetupBed(Path folder, UnaryOperator<RunningArchiver.Settings> more) throws Exception {
        bed = new HawtioBed(folder, settings -> more.apply(settings).set("archiver.routes-watch", "300ms"));
        feed().account(new FeedAccount(USER, SECRET, Set.copyOf(FeedAccount.NETWORKS)));
        admin = as(HawtioBed.ADMIN);
        bean(ConnectorEdits.class).remove("whatsapp", true, HawtioBed.ADMIN);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bean(Connectors.class).find("whatsapp").isEmpty());
    }

    FeedSimulator feed() {
        return bed.bed().feed();
    }

    EmbeddedMailServer mail() {
        return bed.mail();
    }

    TestBed archiver() {
        return bed.bed();
    }

    int port() {
        return bed.port();
    }

    <T> T bean(Class<T> type) {
        return bed.bed().archiver().bean(type);
    }

    ConsoleClient as(String user) throws IOException, InterruptedException {
        return ConsoleClient.of(port(), user, HawtioBed.PASSWORD);
    }

    /** A message of Ann to somebody outside, that TeleMessage has received a minute ago. */
    void add(String network, String id, String text) {
        feed().add(
                        network,
                        Instant.now().minusSeconds(600),
                        TestBed.text(id, text).toString().getBytes(StandardCharsets.UTF_8));
    }

    void remove(String connector) throws Exception {
        beginRemoval(connector);
        awaitRemoval(connector);
    }

    void beginRemoval(String connector) throws Exception {
        assertThat(follow(
                        admin.post(SETUP + "/removal", admin.token(SETUP), "connector", connector, "confirm", "true")))
                .contains("is removed");
    }

    void awaitRemoval(String connector) {
        await("the removal of " + connector)
                .atMost(Duration.ofMinutes(1))
                .until(() -> bean(Connectors.class).find(connector).isEmpty());
    }

    void awaitConnector(String id) {
        await("the connector " + id)
                .atMost(Duration.ofSeconds(30))
                .until(() -> bean(Connectors.class).find(id).isPresent());
    }

    /** Up to the mapping. */
    Person begun(String product) throws Exception {
        Person person = Person.adds(admin, product);
        person.acceptTerms();
        assertThat(person.logIn(USER, SECRET)).contains("takes the log-in");
        return person;
    }

    String follow(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() == 302
                ? admin.get(answer.headers().firstValue("Location").orElseThrow())
                        .body()
                : answer.body();
    }

    /** The mapping files of a draft. */
    List<Path> csvOf(Person person) throws IOException {
        try (Stream<Path> files = Files.list(archiver().home().data().resolve("drafts"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(person.id()))
                    .toList();
        }
    }

    ConsoleClient admin() {
        return admin;
    }

    /** One person who sets a connector up by the forms. */
    static final class Person {
        private final ConsoleClient console;
        private final String draft;
        private String shown = "";

        private Person(ConsoleClient console, String draft) {
            this.console = console;
            this.draft = draft;
        }

        static Person adds(ConsoleClient console, String product) throws IOException, InterruptedException {
            HttpResponse<String> answer = console.post(SETUP, console.token(SETUP), "product", product);
            return of(console, answer);
        }

        static Person changes(ConsoleClient console, String connector) throws IOException, InterruptedException {
            return of(console, console.post(SETUP + "/change", console.token(SETUP), "connector", connector));
        }

        static Person goesOn(ConsoleClient console, Person other) {
            return new Person(console, other.draft);
        }

        private static Person of(ConsoleClient console, HttpResponse<String> answer) {
            Matcher draft =
                    DRAFT.matcher(answer.headers().firstValue("Location").orElse(""));
            if (!draft.find()) {
                throw new IllegalStateException("No draft begins: " + answer.statusCode() + " " + answer.body());
            }
            return new Person(console, draft.group(1));
        }

        String id() {
            return draft;
        }

        String path(String step) {
            return SETUP + "/" + draft + "/" + step;
        }

        String page(String step) throws IOException, InterruptedException {
            return console.get(path(step)).body();
        }

        /** Sends a step's form. @return the page to which that leads */
        String send(String step, String... fields) throws IOException, InterruptedException {
            return follow(console.post(path(step), console.token(SETUP), fields));
        }

        /** Follows redirects to the page, which is where what came of it is said. */
        String follow(HttpResponse<String> answer) throws IOException, InterruptedException {
            HttpResponse<String> last = answer;
            while (last.statusCode() == 302) {
                last = console.get(last.headers().firstValue("Location").orElseThrow());
            }
            shown = last.body();
            return shown;
        }

        String acceptTerms() throws IOException, InterruptedException {
            Matcher digest = DIGEST.matcher(page("terms"));
            return digest.find() ? send("terms", "sha256", digest.group(1), "accepted", "true") : page("login");
        }

        String logIn(String user, String password) throws IOException, InterruptedException {
            return send("login", "username", user, "password", password);
        }

        /** Goes on from the mapping with what is ticked. */
        String choose(String... ticked) throws IOException, InterruptedException {
            List<String> fields = new ArrayList<>(List.of(ticked));
            fields.addAll(List.of("go", "true"));
            return send("mapping", fields.toArray(String[]::new));
        }

        String upload(byte[] csv) throws IOException, InterruptedException {
            return follow(console.upload(path("mapping"), console.token(SETUP), "csv", "mapping.csv", csv));
        }

        String upload(String csv) throws IOException, InterruptedException {
            return upload(csv.getBytes(StandardCharsets.UTF_8));
        }

        /** Of the review that is shown, or would be. */
        String version() throws IOException, InterruptedException {
            Matcher version = VERSION.matcher(shown);
            if (version.find()) {
                return version.group(1);
            }
            version = VERSION.matcher(page("review"));
            if (!version.find()) {
                throw new IllegalStateException("The review has no version");
            }
            return version.group(1);
        }

        String finish(String id, String name, String schedule) throws IOException, InterruptedException {
            return finish(version(), id, name, schedule);
        }

        String finish(String version, String id, String name, String schedule)
                throws IOException, InterruptedException {
            return send("finish", "version", version, "id", id, "name", name, "folder", name, "schedule", schedule);
        }
    }

    @Override
    public void close() throws IOException {
        bed.close();
    }
}
