package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.IssuerStub;
import org.chatarchiver.servers.IssuerStub.Fault;

/** An archiver whose console lets people in at the word of an issuer, and a browser's way there and back. */
final class OidcBed implements AutoCloseable {
    static final String START = "/console/oidc/start/contoso";
    static final String RETURN = "/console/oidc/return/contoso";
    static final String NAME = "ann@contoso.example";
    static final String ADMINS = "6e1f0a1c-admins";

    private static final Pattern BACK = Pattern.compile("id=\"go\" href=\"([^\"]+)\"");

    private final IssuerStub issuer;
    private final HawtioBed bed;

    OidcBed(Path folder) throws Exception {
        issuer = IssuerStub.start();
        bed = new HawtioBed(folder, settings -> with(issuer, settings));
    }

    static RunningArchiver.Settings with(IssuerStub issuer, RunningArchiver.Settings settings) {
        String registration = "spring.security.oauth2.client.registration.contoso.";
        return settings.set(registration + "client-id", IssuerStub.CLIENT)
                .set(registration + "client-secret", IssuerStub.SECRET)
                .set(registration + "client-name", "Contoso")
                .set("spring.security.oauth2.client.provider.contoso.issuer-uri", issuer.issuer())
                .set("archiver.security.oidc.admin-groups", ADMINS)
                .set("archiver.security.oidc.reader-groups", "readers,auditors");
    }

    /** Good again, and vouching for an administrator. */
    void reset() {
        issuer.fail(Fault.NONE);
        issuer.vouchFor(Map.of("preferred_username", NAME, "roles", List.of("DATA_CONNECTOR_ADMIN")));
    }

    IssuerStub issuer() {
        return issuer;
    }

    TestBed bed() {
        return bed.bed();
    }

    int port() {
        return bed.port();
    }

    ConsoleClient nobody() {
        return new ConsoleClient(bed.port());
    }

    ConsoleClient letIn() throws Exception {
        ConsoleClient client = nobody();
        HttpResponse<String> answer = comeBack(client, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return client;
    }

    static HttpResponse<String> comeBack(ConsoleClient client, String wanted) throws Exception {
        URI back = begin(client, wanted);
        return client.get(back.getRawPath() + "?" + back.getRawQuery());
    }

    /** Where the issuer's page leads back to. */
    static URI begin(ConsoleClient client, String wanted) throws Exception {
        HttpResponse<String> start = client.get(START + "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
        String asked = start.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(asked)).build(), BodyHandlers.ofString());
        Matcher back = BACK.matcher(page.body());
        assertThat(back.find()).as(page.body()).isTrue();
        return URI.create(back.group(1).replace("&amp;", "&"));
    }

    @Override
    public void close() throws IOException {
        bed.close();
        issuer.close();
    }
}
