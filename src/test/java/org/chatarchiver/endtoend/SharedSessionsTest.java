package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.ConsoleClient.CONNECTORS;
import static org.chatarchiver.endtoend.ConsoleClient.LOGIN;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;
import static org.chatarchiver.endtoend.HawtioBed.READER;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.IssuerStub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** People's sessions at two archivers with one ledger in PostgreSQL. */
class SharedSessionsTest {
    private static final String USER = "SPRING_SECURITY_CONTEXT";
    private static final String DONE = "org.chatarchiver.security.IdleSessions";
    private static final String HASH = "{bcrypt}" + new BCryptPasswordEncoder().encode(PASSWORD);
    private static final String OTHER_HASH = "{bcrypt}" + new BCryptPasswordEncoder().encode("another password");

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static JdbcClient ledger;
    private static IssuerStub issuer;
    private static SmallDay day;
    private static ArchiverHome second;
    private static RunningArchiver one;
    private static RunningArchiver other;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        ledger = JdbcClient.create(postgres.getPostgresDatabase());
        issuer = IssuerStub.start();
        day = new SmallDay(folder);
        second = ArchiverHome.create(folder.resolve("second"))
                .connector("wechat", SmallDay.NEVER, TestBed.MAPPING, SmallDay.PASSWORD)
                .connector("whatsapp", SmallDay.NEVER, TestBed.MAPPING, SmallDay.PASSWORD)
                .landingWith(day.home);
        one = settings(HASH).start();
        other = settings(HASH)
                .set("archiver.routes", second.routes())
                .set("archiver.data", second.data())
                .start();
    }

    private static RunningArchiver.Settings settings(String readersHash) {
        RunningArchiver.Settings settings = OidcBed.with(issuer, day.settings().on(postgres));
        HawtioBed.user(settings, 0, ADMIN, HASH, "DATA_CONNECTOR_ADMIN");
        return HawtioBed.user(settings, 1, READER, readersHash, "COMPLIANCE_READER");
    }

    @AfterAll
    static void stop() throws Exception {
        other.close();
        one.close();
        day.close();
        issuer.close();
        postgres.close();
    }

    @BeforeEach
    void nobody() {
        ledger.sql("delete from console_session").update();
        issuer.vouchFor(Map.of("preferred_username", OidcBed.NAME, "roles", List.of("DATA_CONNECTOR_ADMIN")));
    }

    @Test
    void whoLogsInAtOneIsLoggedInAtTheOtherAndInHawtioAndWhoLogsOutThereIsOutHere() throws Exception {
        ConsoleClient here = letIn(ADMIN);
        ConsoleClient there = here.at(other.port());
        String cookie = "JSESSIONID=" + here.session();
        assertThat(there.get(CONNECTORS).body()).contains(ADMIN, "Run now");
        assertThat(there.get("/actuator/hawtio/user").body()).isEqualTo("\"" + ADMIN + "\"");
        assertThat(here.get(CONNECTORS).statusCode()).isEqualTo(200);

        assertThat(there.post("/console/logout", there.token(CONNECTORS)).statusCode())
                .isEqualTo(302);

        for (RunningArchiver archiver : List.of(one, other)) {
            HttpResponse<String> late =
                    new ConsoleClient(archiver.port()).get(CONNECTORS, "Cookie", cookie, "Accept", "text/html");
            assertThat(late.statusCode()).isEqualTo(302);
            assertThat(late.headers().firstValue("Location").orElseThrow()).startsWith(LOGIN);
        }
        assertThat(sessions()).isZero();
    }

    @Test
    void aRestartEndsNoSessionButThatOfAUserWhosePasswordIsAnotherOneThen() throws Exception {
        ConsoleClient ada = letIn(ADMIN);
        ConsoleClient rita = letIn(READER);
        ConsoleClient ann = letInByIssuer();
        one.close();
        one = settings(OTHER_HASH).start();

        assertThat(ada.at(one.port()).get(CONNECTORS).body()).contains(ADMIN, "Run now");
        assertThat(ann.at(one.port()).get(CONNECTORS).body()).contains(OidcBed.NAME, "Run now");
        assertThat(rita.at(one.port()).get(CONNECTORS, "Accept", "text/html").statusCode())
                .isEqualTo(302);
        assertThat(rita.at(other.port()).get(CONNECTORS).body()).contains(READER);
    }

    @Test
    void aLogInAtAnIssuerThatBeginsAtOneEndsAtTheOther() throws Exception {
        ConsoleClient ann = letInByIssuer();

        assertThat(ann.get(CONNECTORS).body()).contains(OidcBed.NAME, "Run now");
        assertThat(ann.at(one.port()).get(CONNECTORS).body()).contains(OidcBed.NAME, "Run now");
    }

    /** What a page says of what was done on the page before comes from whichever is asked for it. */
    @Test
    void aFormOfOneIsTakenByTheOtherAndWhatCameOfItIsShownByTheFirst() throws Exception {
        ConsoleClient here = letIn(ADMIN);
        ConsoleClient there = here.at(other.port());

        HttpResponse<String> answer =
                there.post(CONNECTORS + "/wechat/pause", here.token(CONNECTORS), "reason", "trying it");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(here.get(CONNECTORS).body()).contains("WeChat Archiver is paused.");
        assertThat(there.get(CONNECTORS).body()).doesNotContain("WeChat Archiver is paused.");
        there.post(CONNECTORS + "/wechat/resume", there.token(CONNECTORS));
    }

    @Test
    void whereNothingHasChangedNothingIsWrittenAndAPageThatAsksByItselfKeepsNoSession() throws Exception {
        ConsoleClient ada = letIn(ADMIN);
        ada.get(CONNECTORS);
        List<String> before = versions();
        for (int i = 0; i < 3; i++) {
            ada.get(CONNECTORS);
            ada.at(other.port()).get("/console/health");
        }
        assertThat(versions()).as("within a minute").isEqualTo(before);

        done(20);
        before = versions();
        ada.get(CONNECTORS, "X-Poll", "yes");
        assertThat(versions()).isEqualTo(before);
        ada.get(CONNECTORS);
        assertThat(versions()).isNotEqualTo(before);

        done(31);
        assertThat(ada.at(other.port())
                        .get(CONNECTORS, "Accept", "text/html")
                        .headers()
                        .firstValue("Location"))
                .hasValue(LOGIN + "?to=%2Fconsole%2Fconnectors&ended");
        assertThat(sessions()).isZero();
    }

    @Test
    void whatIsKeptIsNoCredentialAndNoOneCanGoOnWithASessionByReadingIt() throws Exception {
        ConsoleClient ada = letIn(ADMIN);
        letInByIssuer();
        String id = ledger.sql("select session_id from console_session limit 1")
                .query(String.class)
                .single();
        List<String> kept = ledger.sql(
                        "select attribute_name || ' ' || convert_from(attribute_bytes, 'UTF8') from console_session_attributes")
                .query(String.class)
                .list();

        assertThat(kept).allSatisfy(text -> assertThat(text)
                .doesNotContain(
                        PASSWORD, HASH, HASH.substring(8), ada.session(), "eyJ", "java.", "org.springframework"));
        assertThat(kept)
                .contains(USER + " {\"name\":\"" + OidcBed.NAME
                        + "\",\"proof\":null,\"roles\":[\"DATA_CONNECTOR_ADMIN\"]}");
        assertThat(new ConsoleClient(one.port())
                        .get(CONNECTORS, "Cookie", "JSESSIONID=" + id, "Accept", "text/html")
                        .statusCode())
                .isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\254\\355\\000\\005sr\\000\\021java.util.HashMap",
                "[\"org.springframework.context.support.X\"]",
                "{\"name\":\"ada\",\"proof\":\"0\",\"roles\":[]}",
                "{\"name\":\"ada\",\"proof\":null,\"roles\":[\"DATA_CONNECTOR_ADMIN\"]}",
                "{\"name\":\"nobody\",\"proof\":\"0\",\"roles\":[\"ROOT\"]}",
                ""
            })
    void whateverSomebodyElseHasWrittenThereLetsNobodyInAndFailsNoPage(String bytes) throws Exception {
        ConsoleClient ada = letIn(ADMIN);
        ledger.sql(
                        "update console_session_attributes set attribute_bytes = decode(?, 'escape') where attribute_name = ?")
                .params(bytes, USER)
                .update();

        HttpResponse<String> answer = ada.get(CONNECTORS, "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(LOGIN);
    }

    @Test
    void theCookieHasTheNameAndTheFlagsThatAServersOwnHas() throws Exception {
        assertThat(setAtLogIn(one.port(), "JSESSIONID=")).contains("Path=/;", "HttpOnly", "SameSite=Strict");
        ArchiverHome home = ArchiverHome.create(folder.resolve("third")).landingWith(day.home);
        try (RunningArchiver third = settings(HASH)
                .set("archiver.routes", second.routes())
                .set("archiver.data", home.data())
                .set("archiver.security.allow-plain-http", "true")
                .start()) {
            assertThat(setAtLogIn(third.port(), "__Host-JSESSIONID="))
                    .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Strict")
                    .doesNotContain("Domain");
        }
    }

    @Test
    void anEmbeddedLedgerHasNothingOfIt() throws Exception {
        try (SmallDay alone = new SmallDay(folder.resolve("alone"));
                RunningArchiver archiver = alone.settings().start()) {
            assertThat(archiver.has(SessionRepository.class)).isFalse();
            assertThat(archiver.has(SessionRepositoryFilter.class)).isFalse();
            assertThat(archiver.has(HttpSessionIdResolver.class)).isFalse();
            assertThat(one.has(HttpSessionIdResolver.class)).isTrue();
        }
    }

    private static ConsoleClient letIn(String user) throws Exception {
        return ConsoleClient.of(one.port(), user, PASSWORD);
    }

    /** Sent away by the one, and back to the other. */
    private static ConsoleClient letInByIssuer() throws Exception {
        ConsoleClient ann = new ConsoleClient(one.port());
        URI back = OidcBed.begin(ann, "");
        ConsoleClient there = ann.at(other.port());
        HttpResponse<String> answer = there.get(back.getRawPath() + "?" + back.getRawQuery());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/console/onward");
        return there;
    }

    /** By hand, as a browser here would send nothing that is for TLS. */
    private static String setAtLogIn(int port, String cookie) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        URI login = URI.create("http://127.0.0.1:" + port + LOGIN);
        HttpResponse<String> form = http.send(HttpRequest.newBuilder(login).build(), BodyHandlers.ofString());
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form.body());
        assertThat(token.find()).isTrue();
        String csrf = form.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(login)
                        .header("Cookie", csrf)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=" + ADMIN + "&password=" + PASSWORD.replace("'", "%27")
                                + "&_csrf=" + token.group(1)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(cookie))
                .reduce((one, two) -> {
                    throw new IllegalStateException("Two cookies: " + one + " " + two);
                })
                .orElseThrow();
    }

    private static int sessions() {
        return ledger.sql("select count(*) from console_session")
                .query(Integer.class)
                .single();
    }

    /** Which writes the rows are of. */
    private static List<String> versions() {
        return ledger.sql("select xmin || ' ' || session_id from console_session"
                        + " union all select xmin || ' ' || attribute_name from console_session_attributes order by 1")
                .query(String.class)
                .list();
    }

    /** As if something had last been done so many minutes ago. */
    private static void done(int minutes) {
        long then = (System.currentTimeMillis() - minutes * 60_000L) * 1_000_000;
        ledger.sql(
                        "update console_session_attributes set attribute_bytes = convert_to(?, 'UTF8') where attribute_name = ?")
                .params(Long.toString(then), DONE)
                .update();
    }
}
