package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphSaid;
import org.chatarchiver.servers.Prism;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What the transport asks, held against Microsoft's own description of Graph, which is not ours to keep: it is read from beside the
 * project, or from where the system property {@code graph.openapi} says, and without it there is nothing to hold against. The description
 * knows no batches, so their requests are held against it one by one.
 */
@RequiresProgram("prism")
class GraphPrismTest extends GraphTest {
    private static final Path DESCRIPTION = Path.of(System.getProperty(
            "graph.openapi",
            Path.of("..", "shared", "exchange", "graph-mail-openapi.yaml").toString()));

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @SuppressForbidden("a build that left tests out says so, whatever the logging")
    void everyKindOfRequestConformsToTheDescription() throws Exception {
        if (!Files.exists(DESCRIPTION)) {
            System.out.println("NOT VALIDATED: requests to Graph, since " + DESCRIPTION + " is not there");
            Assumptions.abort(DESCRIPTION + " is not there");
        }
        List<GraphSaid> said = everyKind();
        assertThat(said.stream().map(GraphSaid::shape).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "GET users/?/mailFolders/?",
                        "GET users/?/mailFolders",
                        "POST users/?/mailFolders",
                        "POST users/?/mailFolders/?/messages",
                        "GET users/?/mailFolders/?/messages",
                        "POST users/?/messages/?/attachments/createUploadSession",
                        "POST users/?/messages/?/attachments",
                        "GET users/?/messages/?/attachments",
                        "PATCH users/?/messages/?",
                        "DELETE users/?/messages/?");

        try (Prism prism = Prism.start(DESCRIPTION)) {
            for (GraphSaid one : said) {
                HttpResponse<String> answer = send(prism.baseUrl(), one.method(), one.url(), one.body());
                assertThat(answer.statusCode())
                        .as(
                                "%s %s: %s",
                                one.method(), one.url(), answer.headers().map())
                        .isBetween(200, 299);
            }
            assertThat(send(prism.baseUrl(), "POST", "/users/a/mailFolders", "{\"displayName\":7}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(send(prism.baseUrl(), "GET", "/users/a/mailFolders?%24select=bogus", "")
                            .statusCode())
                    .isEqualTo(422);
        }
    }

    /** The letters as they are, one with large files, one that is refused half-way. */
    private List<GraphSaid> everyKind() throws IOException {
        stub.record();
        transport.exists(ANN);
        List<Path> letters = GraphItemTest.letters().toList();
        for (int i = 0; i < letters.size(); i++) {
            append(List.of(new Email(
                    "<" + i + "@test.invalid>", MailboxTransportContract.DATE, Files.readAllBytes(letters.get(i)))));
        }
        find(List.of("<1@test.invalid>", "<2'2@test.invalid>"));
        Instant date = MailboxTransportContract.DATE;
        assertThat(transport.list(new Listing(ANN, MailboxTransportContract.FOLDER, date, date.plusSeconds(1), null)))
                .isInstanceOfSatisfying(
                        Listed.Part.class, part -> assertThat(part.emails()).hasSameSizeAs(letters));
        byte[] middle = new byte[2_500_000];
        assertThat(append(GraphLargeItemsTest.withFiles("large", middle, new byte[4_000_000], middle)))
                .isInstanceOf(Outcome.Delivered.class);
        fault(GraphFault.at("POST users/?/messages/?/attachments").answers(413, "ErrorMessageSizeExceeded"));
        append(GraphLargeItemsTest.withFiles("refused", new byte[4_000_000]));
        return stub.said();
    }

    private HttpResponse<String> send(URI prism, String method, String url, String body)
            throws IOException, InterruptedException {
        // The description has no options inside $expand, which OData 4.01 (5.1.3) has.
        String known = url.replaceAll("%28%24filter.*?%29", "");
        return client.send(
                HttpRequest.newBuilder(URI.create(prism + known))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer token")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
