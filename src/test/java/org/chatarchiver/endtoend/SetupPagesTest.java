package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.endtoend.SetupBed.Person;
import org.chatarchiver.ledger.Drafts;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.security.Secrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that are added, changed and removed by the console's forms, over HTTP. */
class SetupPagesTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final Map<String, String> FOLDERS = Map.ofEntries(
            Map.entry("wechat", "WeChat Archiver"),
            Map.entry("whatsapp", "WhatsApp Archiver"),
            Map.entry("android", "Android Archiver"),
            Map.entry("att", "AT&T SMS/MMS Network Archiver"),
            Map.entry("bell", "Bell SMS/MMS Network Archiver"),
            Map.entry("enterprise-number", "Enterprise Number Archiver"),
            Map.entry("o2", "O2 SMS and Voice Network Archiver"),
            Map.entry("rogers", "Rogers SMS/MMS Network Archiver"),
            Map.entry("signal", "Signal Archiver"),
            Map.entry("telegram", "Telegram Archiver"),
            Map.entry("telus", "TELUS SMS Network Archiver"),
            Map.entry("verizon", "Verizon SMS/MMS Network Archiver"));

    @TempDir
    static Path folder;

    private static SetupBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = new SetupBed(folder);
        bed.remove("wechat");
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @Test
    void everyNetworkIsAddedFromItsProductPageAndArchivesIntoTheFolderThatPurviewHas() throws Exception {
        List<String> products = List.copyOf(FOLDERS.keySet());
        for (String product : products) {
            String name = FOLDERS.get(product);
            assertThat(bed.admin()
                            .get(SetupBed.SETUP + "/product?id=" + product)
                            .body())
                    .contains(name.replace("&", "&amp;"));
            Person person = Person.adds(bed.admin(), product);
            person.acceptTerms();
            assertThat(person.logIn(SetupBed.USER, SetupBed.SECRET))
                    .as(product)
                    .contains("TeleMessage takes the log-in");
            assertThat(person.upload(TestBed.MAPPING)).as(product).contains("The file is good");
            person.choose("file", "true");
            assertThat(person.finish(product, name, NEVER)).as(product).contains("Finished by");
        }
        for (String product : products) {
            bed.awaitConnector(product);
            bed.add(product.toUpperCase(Locale.ROOT).replace('-', '_'), product + "-1", "A message of " + product);
            String started = bed.follow(bed.admin()
                    .post("/console/connectors/" + product + "/run", bed.admin().token(SetupBed.SETUP)));
            assertThat(started).as(product).contains("has started");
        }
        for (String product : products) {
            await("the e-mail of " + product)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> bed.mail().emails(TestBed.ANN, FOLDERS.get(product)).stream()
                            .anyMatch(email -> email.contains("A message of " + product)));
        }
        for (String product : products) {
            bed.beginRemoval(product);
        }
        products.forEach(bed::awaitRemoval);
    }

    @Test
    void whatIsWrittenIsForTheArchiverAloneAndNothingOfADraftStaysBehind() throws Exception {
        Person person = bed.begun("signal");
        person.upload(TestBed.MAPPING);
        person.choose("file", "true", "automatic", "true");
        person.finish("signal-files", "Signal files", NEVER);
        bed.awaitConnector("signal-files");
        assertThat(bed.bean(FeedLogins.class).checked("signal-files"))
                .get()
                .satisfies(check -> assertThat(check.accepted()).isTrue());

        Path data = bed.archiver().home().data();
        assertThat(Files.readString(data.resolve("secrets/signal-files/password")))
                .isEqualTo(SetupBed.SECRET);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.resolve("secrets/signal-files/password"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(data.resolve("mapping/signal-files.csv"))).isEqualTo(TestBed.MAPPING);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.resolve("mapping/signal-files.csv"))))
                .isEqualTo("rw-------");
        try (var uploads = Files.list(data.resolve("uploads"))) {
            assertThat(uploads).isEmpty();
        }
        assertThat(bed.csvOf(person)).isEmpty();
        assertThat(Files.readString(bed.archiver().home().routes().resolve("connectors/signal-files.camel.yaml")))
                .doesNotContain(SetupBed.SECRET);
        bed.remove("signal-files");
    }

    @Test
    void aDraftLeftHalfWayIsGoneOnWithByAnotherAndOfTwoWhoFinishItTheSecondIsTold() throws Exception {
        Person ada = bed.begun("verizon");
        ada.upload(TestBed.MAPPING);
        ada.choose("file", "true");
        assertThat(bed.admin().get("/console/connectors").body())
                .contains("Left half-way", "Verizon SMS/MMS Network Archiver");
        ConsoleClient second = bed.as(ADMIN);
        Person bob = Person.goesOn(second, ada);
        String seen = bob.version();

        assertThat(ada.finish("verizon-2", "Verizon two", NEVER)).contains("Finished by");
        assertThat(bob.finish(seen, "verizon-2", "Verizon two", NEVER)).contains("finished this already");
        assertThat(bob.page("review")).doesNotContain("name=\"version\"");
        bed.awaitConnector("verizon-2");
        bed.remove("verizon-2");
    }

    @Test
    void whatWasChangedInAnotherTabIsNotFinishedUnseen() throws Exception {
        Person person = bed.begun("o2");
        person.choose("automatic", "true");
        String seen = person.version();
        person.choose("automatic", "true");

        assertThat(person.finish(seen, "o2-tab", "O2 tab", NEVER)).contains("was changed since you opened");
        assertThat(bed.bean(Connectors.class).find("o2-tab")).isEmpty();
    }

    @Test
    void aConnectorIsChangedTheSameWayAndKeepsWhatIsNotTouched() throws Exception {
        Person person = bed.begun("android");
        person.upload(TestBed.MAPPING);
        person.choose("file", "true");
        person.finish("android-change", "Android change", NEVER);
        bed.awaitConnector("android-change");
        Path secret = bed.archiver().home().data().resolve("secrets/android-change/password");

        Person change = Person.changes(bed.admin(), "android-change");
        assertThat(change.page("review")).contains("Change connector", "mapping/android-change.csv");
        assertThat(change.finish("", "Android other", "0 30 4 * * ?")).contains("Finished by");
        await().atMost(Duration.ofSeconds(30)).until(() -> bed.bean(Connectors.class)
                .find("android-change")
                .filter(one ->
                        one.name().equals("Android other") && one.schedule().equals("0 30 4 * * ?"))
                .isPresent());
        assertThat(Files.readString(secret)).isEqualTo(SetupBed.SECRET);

        Person remap = Person.changes(bed.admin(), "android-change");
        assertThat(remap.page("mapping-in-use.csv")).isEqualTo(TestBed.MAPPING);
        remap.upload(TestBed.MAPPING + "+447700900124,ben@example.com\n");
        remap.choose("file", "true", "automatic", "true");
        assertThat(remap.finish("", "Android other", "0 30 4 * * ?")).contains("Finished by");
        assertThat(Files.readString(bed.archiver().home().data().resolve("mapping/android-change.csv")))
                .contains("ben@example.com");
        bed.remove("android-change");
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsNotUndone() throws Exception {
        Person first = bed.begun("bell");
        first.choose("automatic", "true");
        first.finish("bell-change", "Bell change", NEVER);
        bed.awaitConnector("bell-change");
        Person slow = Person.changes(bed.admin(), "bell-change");
        assertThat(slow.choose("automatic", "true")).doesNotContain("Before it can be finished");
        Person quick = Person.changes(bed.admin(), "bell-change");
        quick.finish("", "Bell change", "0 30 4 * * ?");
        await().atMost(Duration.ofSeconds(30)).until(() -> bed.bean(Connectors.class)
                .find("bell-change")
                .filter(one -> one.schedule().equals("0 30 4 * * ?"))
                .isPresent());

        assertThat(slow.finish("", "Bell other", NEVER)).contains("has been changed since this draft began");
        bed.remove("bell-change");
    }

    @Test
    void ofTwoDraftsOfAConnectorTheSecondIsToldEvenBeforeTheFirstIsInForce() throws Exception {
        Person first = bed.begun("rogers");
        first.choose("automatic", "true");
        first.finish("rogers-two", "Rogers two", NEVER);
        bed.awaitConnector("rogers-two");
        assertThat(first.send("discard")).contains("Nothing was discarded");
        Person one = Person.changes(bed.admin(), "rogers-two");
        one.choose("automatic", "true");
        Person two = Person.changes(bed.admin(), "rogers-two");
        two.choose("automatic", "true");

        assertThat(one.finish("", "Rogers one", "0 30 4 * * ?")).contains("Finished by");
        assertThat(two.finish("", "Rogers two", "0 30 5 * * ?")).contains("has been changed since this draft began");
        await().atMost(Duration.ofSeconds(30)).until(() -> bed.bean(Connectors.class)
                .find("rogers-two")
                .filter(now -> now.name().equals("Rogers one"))
                .isPresent());
        bed.remove("rogers-two");
    }

    @Test
    void aMappingFileThatIsDoneWithoutCanBeTakenAgain() throws Exception {
        Person person = Person.adds(bed.admin(), "enterprise-number");
        person.acceptTerms();
        person.logIn(SetupBed.USER, SetupBed.SECRET);
        person.upload(TestBed.MAPPING);
        person.choose("file", "true");
        person.finish("enterprise-two", "Enterprise two", NEVER);
        bed.awaitConnector("enterprise-two");
        Person change = Person.changes(bed.admin(), "enterprise-two");
        assertThat(change.choose("automatic", "true")).contains("Mapping file</dt><dd>none");
        assertThat(change.choose("file", "true")).contains("mapping/enterprise-two.csv");
        bed.remove("enterprise-two");
    }

    @Test
    void whoseMappingAnUploadReplacesTooIsSaidHoweverTheirFilesWriteItsPath() throws Exception {
        Person person = bed.begun("att");
        person.upload(TestBed.MAPPING);
        person.choose("file", "true");
        person.finish("att-one", "ATT one", NEVER);
        bed.awaitConnector("att-one");
        Path csv = bed.archiver().home().data().toAbsolutePath().resolve("mapping/../mapping/att-one.csv");
        bed.bean(Secrets.class).write("att-two", "password", SetupBed.SECRET);
        Files.writeString(
                bed.archiver().home().routes().resolve("connectors/att-two.camel.yaml"),
                ConnectorEdits.text(new Connector(
                        "att-two", "ATT two", "ATT", "ATT two", NEVER, "another-account", "file://" + csv, false)));
        bed.awaitConnector("att-two");

        Person change = Person.changes(bed.admin(), "att-one");
        assertThat(change.page("review")).doesNotContain("Takes its mailboxes from that file too");
        change.upload(TestBed.MAPPING + "+447700900124,ben@example.com\n");
        assertThat(change.choose("file", "true"))
                .contains("Takes its mailboxes from that file too</dt><dd><bdi>att-two</bdi>");
        change.send("discard");
        bed.remove("att-two");
        bed.remove("att-one");
    }

    @Test
    void aButtonThatIsPressedTwiceBeginsOneDraft() throws Exception {
        Person first = Person.adds(bed.admin(), "android");
        Person second = Person.adds(bed.admin(), "android");
        assertThat(second.path("terms")).isEqualTo(first.path("terms"));
        first.send("discard");
    }

    @Test
    void aDraftThatIsDiscardedIsGoneWithItsFile() throws Exception {
        Person person = bed.begun("telegram");
        person.upload(TestBed.MAPPING);
        assertThat(bed.csvOf(person)).hasSize(1);
        String draft = person.id();
        assertThat(person.send("discard")).contains("is discarded");
        assertThat(bed.bean(Drafts.class).find(draft)).isEmpty();
        assertThat(bed.csvOf(person)).isEmpty();
        assertThat(bed.admin().get(person.path("review")).statusCode()).isEqualTo(404);
    }
}
