package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.HawtioBed.READER;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.endtoend.SetupBed.Person;
import org.chatarchiver.message.Sha256;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's forms for setting a connector up do not take, and what they say then, over HTTP. */
class SetupRefusalsTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String TERMS = "Version: 2026-11\n\nAs agreed.\n";

    @TempDir
    static Path folder;

    private static Path terms;
    private static SetupBed bed;

    @BeforeAll
    static void start() throws Exception {
        terms = Files.writeString(folder.resolve("terms.txt"), TERMS);
        bed = new SetupBed(folder, settings -> settings.set("archiver.terms", terms));
        bed.remove("wechat");
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @Test
    void aLogInIsCheckedAtOnceAndWhyItIsNotTakenIsSaidWithoutThePassword() throws Exception {
        Person person = Person.adds(bed.admin(), "telegram");
        person.acceptTerms();
        assertThat(person.logIn(SetupBed.USER, "wrong-password"))
                .contains("role=\"alert\"", "value=\"" + SetupBed.USER + "\"")
                .doesNotContain("wrong-password", "takes the log-in");
        assertThat(person.logIn("", SetupBed.SECRET)).contains("role=\"alert\"").doesNotContain(SetupBed.SECRET);
        assertThat(person.logIn(SetupBed.USER, "")).contains("The password is empty");
        bed.feed().account(new FeedAccount("few", SetupBed.SECRET, Set.of("WECHAT", "SIGNAL")));
        assertThat(person.logIn("few", SetupBed.SECRET)).contains("has no TELEGRAM; it has SIGNAL, WECHAT");
        assertThat(person.page("review")).contains("has not been checked yet");
    }

    @Test
    void whatCannotBeALogInIsNotAskedWith() throws Exception {
        Person person = Person.adds(bed.admin(), "telegram");
        person.acceptTerms();
        int asked = bed.feed().requests().size();
        assertThat(person.logIn("a:b", SetupBed.SECRET)).contains("has a colon, which HTTP Basic cannot carry");
        assertThat(person.logIn("a:b", "")).contains("has a colon");
        assertThat(person.logIn("o".repeat(201), SetupBed.SECRET)).contains("has more than 200 characters");
        String tooLong = "p".repeat(4_097);
        assertThat(person.logIn(SetupBed.USER, tooLong))
                .contains("The password is longer than 4,096 bytes: enter it again.")
                .doesNotContain(tooLong);
        assertThat(bed.feed().requests()).hasSize(asked);
    }

    @Test
    void termsThatHaveChangedAreShownAndAskedForAgain() throws Exception {
        Person person = bed.begun("verizon");
        person.choose("automatic", "true");
        assertThat(person.page("terms"))
                .contains(">2026-11<", "As agreed.", "You have accepted them on")
                .doesNotContain("name=\"sha256\"");

        String changed = "Version: 2027-01\n\nAs agreed anew.\n";
        Files.writeString(terms, changed);
        try {
            assertThat(person.page("terms"))
                    .contains(">2027-01<", "As agreed anew.", "name=\"sha256\" value=\"" + Sha256.of(changed) + "\"")
                    .doesNotContain("You have accepted them on");
            assertThat(person.send("terms", "sha256", Sha256.of(TERMS), "accepted", "true"))
                    .contains("The terms have changed since you opened this page", "As agreed anew.")
                    .doesNotContain("You have accepted them on");
            assertThat(person.finish("verizon-terms", "Verizon terms", NEVER))
                    .contains("You have not accepted the terms of service as they are now.");

            person.acceptTerms();

            assertThat(person.page("terms")).contains("You have accepted them on");
            assertThat(person.page("review")).doesNotContain("You have not accepted");
        } finally {
            Files.writeString(terms, TERMS);
        }
        person.send("discard");
    }

    @Test
    void aBadRowIsNamedByItsLineAndTheFileIsTakenOnceItIsMended() throws Exception {
        Person person = bed.begun("bell");
        assertThat(person.upload("""
                External User ID,Microsoft 365 User Mailbox
                +447700900123,ann@example.com
                +447700900124,no-address
                49301234500.0,ben@example.com
                """))
                .contains("2 bad rows", "Line 3", "Line 4", "role=\"alert\"")
                .doesNotContain("The first rows");
        assertThat(person.upload(TestBed.MAPPING))
                .contains("The file is good", "The first rows", "+447700900123", "ann@example.com");
        String asked = person.send("mapping/mailboxes");
        assertThat(asked).contains("Do the mailboxes exist?");
        Matcher check = Pattern.compile("/mapping/(mailboxes/[0-9A-Za-z-]+)\"").matcher(asked);
        String page = check.find() ? "mapping/" + check.group(1) : "";
        await().atMost(Duration.ofSeconds(30))
                .until(() -> (page.isEmpty() ? asked : person.page(page)).contains("The mailbox exists."));
    }

    @Test
    void whatIsNoMappingFileIsRefusedInWordsAndWhatIsTooLargeToo() throws Exception {
        Person person = bed.begun("rogers");
        byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0};
        assertThat(person.upload(zip)).contains("role=\"alert\"", "ZIP");
        assertThat(person.upload("")).contains("No file came");
        HttpResponse<String> large = bed.admin()
                .upload(
                        person.path("mapping"),
                        bed.admin().token(SetupBed.SETUP),
                        "csv",
                        "large.csv",
                        new byte[100 << 20]);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("100 MB", "at most 64 MB");
        assertThat(person.page("mapping")).doesNotContain("The first rows");
    }

    @Test
    void nobodyButAnAdministratorSeesTheWizardOrSendsAFileAndNoFileIsReadFromWhoIsNotKnown() throws Exception {
        Person person = bed.begun("telus");
        ConsoleClient reader = bed.as(READER);
        for (String page : List.of(SetupBed.SETUP, person.path("review"), SetupBed.SETUP + "/removal?connector=x")) {
            assertThat(reader.get(page).statusCode()).as(page).isEqualTo(403);
        }
        assertThat(reader.get("/console/connectors").body()).doesNotContain("Add connector", "Left half-way");
        ConsoleClient nobody = new ConsoleClient(bed.port());
        for (ConsoleClient client : List.of(reader, nobody)) {
            HttpResponse<String> refused =
                    client.upload(person.path("mapping"), "none", "csv", "m.csv", new byte[1 << 20]);
            assertThat(refused.statusCode()).isEqualTo(403);
        }
        HttpResponse<String> elsewhere = bed.admin()
                .upload(
                        "/console/connectors/telus/run",
                        bed.admin().token(SetupBed.SETUP),
                        "csv",
                        "m.csv",
                        new byte[100]);
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(bed.admin()
                        .upload(person.path("mapping"), "", "csv", "m.csv", new byte[100])
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatCannotBeAConnectorIsSaidBeforeAnythingIsWritten() throws Exception {
        Person person = bed.begun("att");
        person.choose("automatic", "true");
        assertThat(person.finish("../x", "AT and T", NEVER)).contains("has the id &#39;../x&#39;");
        assertThat(person.finish("att-x", "AT and T", "0 0 0 30 2 ? 2099")).contains("schedule");
        assertThat(person.finish("att-x", "AT and T", "0 15 2 * * ? 2001")).contains("have all passed");
        assertThat(person.finish("att-x", "${7*7}", NEVER)).contains("would be evaluated");
        assertThat(person.finish("att-x", "x".repeat(201), NEVER)).contains("more than 200 characters");
        assertThat(bed.archiver().home().data().resolve("secrets/att-x")).doesNotExist();
        assertThat(person.finish("att-x", "AT and T", NEVER)).contains("Finished by");
        bed.awaitConnector("att-x");

        Person other = bed.begun("att");
        other.choose("automatic", "true");
        assertThat(other.finish("att-x", "Another", NEVER)).contains("There is a connector &#39;att-x&#39; already");
        assertThat(other.finish("att-y", "Another", NEVER)).contains("att-x");
        bed.remove("att-x");
    }

    @Test
    void aFeedThatHangsOrSpeaksHtmlIsSaidToAndTheDraftGoesOn() throws Exception {
        Person person = Person.adds(bed.admin(), "signal");
        person.acceptTerms();
        bed.feed().fault("/archive/v1/account", 1, Fault.html());
        assertThat(person.logIn(SetupBed.USER, SetupBed.SECRET)).contains("role=\"alert\"");
        assertThat(person.logIn(SetupBed.USER, SetupBed.SECRET)).contains("takes the log-in");
    }
}
