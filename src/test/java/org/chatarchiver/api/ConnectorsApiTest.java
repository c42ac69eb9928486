package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Mappings;
import org.chatarchiver.security.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ConnectorsApiTest extends ApiTest {
    private static final String GOOD = "External User ID,Microsoft 365 User Mailbox\n+4915112345678,anna@example.com\n";
    private static final int TOO_MANY_BYTES = (64 << 20) + 1;

    @Autowired
    private MappingStore mappings;

    @Autowired
    private Secrets secrets;

    @Autowired
    private ConnectorPauses pauses;

    @Autowired
    private ApiContext.SaidHindrances hindrances;

    @TempDir
    private Path directory;

    @Test
    void connectorsAreListedWithHowFarTheyHaveGotAndWhatWasLeftOut() {
        Run run = open(false);
        end(run, null, 0L);
        assertThat(get("/api/connectors"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(String.format(Locale.ROOT, """
                        {"items":[{"id":"wechat","name":"wechat Archiver","network":"WECHAT","folder":"wechat","schedule":"0 15 2 * * ?",
                        "username":"ops","mapping":"file:data/mapping/wechat.csv","automaticMapping":true,"watermark":"2026-11-20T00:00:00Z",
                        "lastRun":{"id":"%s","state":"COMPLETE"}},{"id":"whatsapp","watermark":null,"lastRun":null}],"next":null,
                        "problems":[{"file":"connectors/bad.camel.yaml","line":3,"sentence":"The network is empty."}]}""", run.id()));
    }

    @Test
    void aConnectorSaysWhatItDoesAndWhatItWaitsFor() throws IOException {
        assertStands("LOGIN_REFUSED", null);
        secrets.write("wechat", "password", "secret");
        assertStands("IDLE", null);
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].nextRun")
                .asString()
                .endsWith("T02:15:00Z");
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].passwordChanged")
                .isNotNull();

        Run run = open(false);
        assertStands("RUNNING", null);
        hindrances.said.put("wechat", "The destination is out.");
        assertStands("WAITING", "The destination is out.");
        hindrances.said.clear();
        imported(page(run, 1), "m1");
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].lastArchived")
                .isNotNull();

        pauses.pause("wechat", "ada", "The feed moves");
        assertStands("PAUSED", null);
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].nextRun")
                .isNull();
    }

    private void assertStands(String state, String why) {
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].state")
                .isEqualTo(state);
        if (why != null) {
            assertThat(get("/api/connectors"))
                    .bodyJson()
                    .extractingPath("$.items[0].waitingFor")
                    .isEqualTo(why);
        }
    }

    @Test
    void connectorsAreListedInParts() {
        assertThat(get("/api/connectors?limit=1"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"id\":\"wechat\"}],\"next\":\"wechat\"}");
        assertThat(get("/api/connectors?limit=1&after=wechat"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"id\":\"whatsapp\"}],\"next\":null}");
        assertProblem(get("/api/connectors?limit=-1"), HttpStatus.BAD_REQUEST, "from 1 to 1000");
    }

    @Test
    void aGoodMappingCountsAtOnce() throws IOException {
        registered();
        assertThat(put("wechat", GOOD))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"connector\":\"wechat\",\"rows\":1}");
        assertThat(mappings.current("wechat")).isInstanceOf(Mappings.Current.InUse.class);
    }

    @Test
    void aMappingWithBadRowsIsRefusedWholeAndEveryBadRowIsListed() throws IOException {
        registered();
        put("wechat", GOOD);
        MvcTestResult refused = put("wechat", GOOD + "+4915112345678,bert@example.com\nx\n");
        assertProblem(refused, HttpStatus.UNPROCESSABLE_ENTITY, "2 errors");
        assertThat(refused)
                .bodyJson()
                .extractingPath("$.errors[*].line")
                .asArray()
                .containsExactly(3, 4);
        assertThat(mappings.current("wechat"))
                .isInstanceOfSatisfying(
                        Mappings.Current.InUse.class,
                        mapping -> assertThat(mapping.file().size()).isEqualTo(1));
    }

    @Test
    void aFileThatIsRefusedInPlaceIsToldOfUntilAnotherIsTaken() throws IOException {
        registered();
        put("wechat", GOOD);
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].mappingRefused")
                .isNull();

        Files.writeString(directory.resolve("wechat.csv"), GOOD + "x\n");
        // At the first look, whoever writes it might not be done.
        mappings.refresh("wechat");
        mappings.refresh("wechat");

        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].mappingRefused")
                .asString()
                .startsWith("The mapping file of 'wechat' is refused, the one in use stays: Line 3: ");
        put("wechat", GOOD);
        assertThat(get("/api/connectors"))
                .bodyJson()
                .extractingPath("$.items[0].mappingRefused")
                .isNull();
    }

    @Test
    void aMappingForNobodyIsRefused() {
        assertProblem(put("nobody", GOOD), HttpStatus.NOT_FOUND, "'nobody'");
        assertProblem(put("whatsapp", GOOD), HttpStatus.CONFLICT, "has no mapping file");
    }

    @Test
    void aMappingThatIsNoCsvIsAnUnsupportedMediaType() {
        assertProblem(
                mvc.put()
                        .uri("/api/connectors/wechat/mapping")
                        .contentType("application/json")
                        .content("{}")
                        .exchange(),
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "text/csv");
    }

    @Test
    void aMappingThatIsTooLargeIsRefusedWhetherItsLengthIsToldOrNot() throws IOException {
        registered();
        byte[] large = new byte[TOO_MANY_BYTES];
        Arrays.fill(large, (byte) 'x');
        for (long told : new long[] {large.length, -1}) {
            assertProblem(
                    mvc.perform(context -> {
                        MockHttpServletRequest request =
                                new MockHttpServletRequest(context, "PUT", "/api/connectors/wechat/mapping") {
                                    @Override
                                    public long getContentLengthLong() {
                                        return told;
                                    }
                                };
                        request.setContentType("text/csv");
                        request.setContent(large);
                        request.setUserPrincipal(() -> "ada");
                        return request;
                    }),
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "64 MB");
        }
    }

    private void registered() throws IOException {
        Path file = directory.resolve("wechat.csv");
        Files.deleteIfExists(file);
        mappings.remove("wechat");
        mappings.register("wechat", "file:" + file);
    }

    private MvcTestResult put(String connector, String csv) {
        return mvc.put()
                .uri("/api/connectors/{id}/mapping", connector)
                .contentType("text/csv")
                .content(csv.getBytes(StandardCharsets.UTF_8))
                .principal(() -> "ada")
                .exchange();
    }
}
