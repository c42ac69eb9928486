package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.chatarchiver.mapping.MappingStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class MappingVersionsApiTest extends ApiTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String ONE = HEADER + "+4915112345678,anna@example.com\n";
    private static final String TWO = HEADER + "+4915112345678,bert@example.com\n";
    private static final String VERSIONS = "/api/connectors/line/mapping/versions";

    @TempDir
    private Path directory;

    @Autowired
    private MappingStore mappings;

    @BeforeEach
    void give() throws IOException {
        String source = "file:" + directory.resolve("line.csv");
        connectors(WECHAT, connector("line", source), connector("whatsapp", ""));
        Optional<Path> former = mappings.accepted("line");
        if (former.isPresent()) {
            Files.delete(former.get());
        }
        mappings.remove("line");
        jdbc.update("delete from mapping_version where connector = 'line'");
        jdbc.update("delete from mapping where connector = 'line'");
        mappings.register("line", source);
        mappings.replace("line", stream(ONE), "ada");
        mappings.replace("line", stream(HEADER + "x\n"), "ada");
        mappings.replace("line", stream(TWO), "eve");
    }

    private static InputStream stream(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theLatestComesFirstAndEachSaysWhoGaveItAndWhatIsOtherInIt() {
        assertThat(get(VERSIONS)).bodyJson().isLenientlyEqualTo(String.format(Locale.ROOT, """
                        {"items":[
                        {"number":3,"state":"IN_FORCE","rows":1,"added":0,"changed":1,"removed":0,"refused":null,"origin":"UPLOAD","by":"eve","size":%d},
                        {"number":2,"state":"REFUSED","rows":null,"added":null,"changed":null,"removed":null,"by":"ada"},
                        {"number":1,"state":"REPLACED","rows":1,"added":1,"changed":0,"removed":0,"by":"ada"}],"next":null}""", TWO.length()));
        assertThat(get(VERSIONS + "?limit=1"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"number\":3}],\"next\":\"3\"}");
        assertThat(get(VERSIONS + "?limit=5&after=3"))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"number\":2},{\"number\":1}],\"next\":null}");
        assertProblem(get(VERSIONS + "?after=x"), HttpStatus.BAD_REQUEST, "next");
        assertProblem(get("/api/connectors/nobody/mapping/versions"), HttpStatus.NOT_FOUND, "'nobody'");
        assertThat(get("/api/connectors/whatsapp/mapping/versions"))
                .bodyJson()
                .isStrictlyEqualTo("{\"items\":[],\"next\":null}");
    }

    @Test
    void theBytesAreThoseThatWereGiven() {
        for (String accept : new String[] {"*/*", "text/csv"}) {
            assertThat(mvc.get().uri(VERSIONS + "/1").header("Accept", accept).exchange())
                    .hasStatusOk()
                    .hasHeader("Content-Disposition", "attachment; filename=\"line-1.csv\"")
                    .hasBodyTextEqualTo(ONE);
        }
        assertThat(get(VERSIONS + "/2")).hasBodyTextEqualTo(HEADER + "x\n");
        assertProblem(get(VERSIONS + "/4"), HttpStatus.NOT_FOUND, "has no mapping version 4");
        assertProblem(get(VERSIONS + "/x"), HttpStatus.BAD_REQUEST, "whole number");
        assertProblem(
                mvc.get().uri(VERSIONS + "/1").header("Accept", "text/html").exchange(),
                HttpStatus.NOT_ACCEPTABLE,
                "text/csv");
    }

    @Test
    void anEarlierOneIsRestoredButNoneThatWasRefused() {
        MvcTestResult restored = post(VERSIONS + "/1/restore", "");
        assertThat(restored)
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"number\":4,\"state\":\"IN_FORCE\",\"origin\":\"RESTORED\",\"by\":\"ada\"}");
        assertProblem(post(VERSIONS + "/2/restore", ""), HttpStatus.CONFLICT, "was refused (Line 2: ");
        assertProblem(post(VERSIONS + "/9/restore", ""), HttpStatus.NOT_FOUND, "version 9");
        connectors(WECHAT);
        assertProblem(post(VERSIONS + "/3/restore", ""), HttpStatus.CONFLICT, "does not run");
        assertThat(get(VERSIONS)).as("they stay").hasStatusOk();
    }
}
