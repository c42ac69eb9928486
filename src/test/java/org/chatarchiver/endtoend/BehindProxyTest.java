package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archiver behind a proxy at 127.0.0.1 that ends TLS, and a neighbour at 127.0.0.2 that says to be one. */
class BehindProxyTest {
    private static final String PROXY = "127.0.0.1";
    private static final String NEIGHBOUR = "127.0.0.2";
    private static final String OIDC = "spring.security.oauth2.client.";
    private static final String FORM = "/console/login";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(?i)\r\nSet-Cookie: ([^=]+=[^;\r]+)");

    @TempDir
    static Path folder;

    private static HawtioBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new HawtioBed(folder, settings -> settings.set("server.address", "127.0.0.1")
                .set("archiver.security.allow-plain-http", "true")
                .set("archiver.security.remember-logins", "0s")
                .set("server.forward-headers-strategy", "native")
                .set("server.tomcat.remoteip.internal-proxies", "127\\.0\\.0\\.1")
                .set(OIDC + "registration.contoso.client-id", "archiver")
                .set(OIDC + "registration.contoso.client-secret", "canary-of-an-oidc-secret")
                .set(OIDC + "provider.contoso.issuer-uri", "https://login.example/contoso")
                .set(OIDC + "provider.contoso.authorization-uri", "https://login.example/contoso/authorize")
                .set(OIDC + "provider.contoso.token-uri", "https://login.example/contoso/token")
                .set(OIDC + "provider.contoso.jwk-set-uri", "https://login.example/contoso/keys"));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.N", "2001:db8:1:N::7"})
    void whoGuessesIsLockedOutAtHisAddressAndTheAdministratorAtNoOther(String addresses) throws IOException {
        String guesser = addresses.replace("N", "1");
        for (int i = 0; i < 5; i++) {
            assertThat(status(logIn(PROXY, guesser, "wrong"))).isEqualTo(401);
            assertThat(status(api(PROXY, guesser, "wrong"))).isEqualTo(401);
        }
        assertThat(status(logIn(PROXY, guesser, PASSWORD))).isEqualTo(429);
        assertThat(status(api(PROXY, guesser, PASSWORD))).isEqualTo(429);

        String administrator = addresses.replace("N", "2");
        assertThat(status(api(PROXY, administrator, PASSWORD))).isEqualTo(200);
        assertThat(logIn(PROXY, administrator, PASSWORD))
                .startsWith("HTTP/1.1 302")
                .contains("__Host-JSESSIONID=");
        assertThat(status(hawtio(PROXY, administrator))).isEqualTo(200);
    }

    @Test
    void anAddressOfIpv6IsItsSubscribersNetwork() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(status(api(PROXY, "2001:db8:2:2::" + (i + 1), "wrong"))).isEqualTo(401);
        }
        assertThat(status(api(PROXY, "2001:db8:2:2:ffff::9", PASSWORD))).isEqualTo(429);
        assertThat(status(api(PROXY, "2001:db8:2:3::9", PASSWORD))).isEqualTo(200);
    }

    @Test
    void whatAnUnknownHostSaysToForwardDoesNotCount() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(status(api(NEIGHBOUR, "198.51.100." + i, "wrong"))).isEqualTo(401);
        }
        assertThat(status(api(NEIGHBOUR, "198.51.100.77", PASSWORD))).isEqualTo(429);
        assertThat(status(api(PROXY, "198.51.100.1", PASSWORD))).isEqualTo(200);
        assertThat(send(NEIGHBOUR, "GET", FORM, List.of("X-Forwarded-Proto: https"), ""))
                .doesNotContain("Strict-Transport-Security");
        assertThat(send(PROXY, "GET", FORM, List.of("X-Forwarded-Proto: https"), ""))
                .contains("Strict-Transport-Security");
    }

    @Test
    void whatAClientAddsInFrontOfTheProxysWordDoesNotCountEither() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(status(api(PROXY, "203.0.113." + i + ", 198.51.100.9", "wrong")))
                    .isEqualTo(401);
        }
        assertThat(status(api(PROXY, "203.0.113.99, 198.51.100.9", PASSWORD))).isEqualTo(429);
    }

    @Test
    void anIssuerIsToldToLeadBackToTheProxysAddressAndToNoUnknownHosts() throws IOException {
        List<String> forwarded =
                List.of("X-Forwarded-For: 192.0.2.60", "X-Forwarded-Proto: https", "X-Forwarded-Host: chat.example");
        String start = "/console/oidc/start/contoso";
        assertThat(send(PROXY, "GET", start, forwarded, ""))
                .startsWith("HTTP/1.1 302")
                .contains(
                        "\r\nLocation: https://login.example/contoso/authorize?",
                        "redirect_uri=https://chat.example/console/oidc/return/contoso",
                        "\r\nSet-Cookie: __Host-console-oidc=")
                .containsPattern("__Host-console-oidc=[^\r]*; Secure; HttpOnly; SameSite=Lax");
        assertThat(send(NEIGHBOUR, "GET", start, forwarded, ""))
                .contains("redirect_uri=http://archiver.example/console/oidc/return/contoso")
                .doesNotContain("chat.example");
    }

    @Test
    void whoLogsOutHasTheSessionsCookieTakenAway() throws IOException {
        String in = logIn(PROXY, "192.0.2.50", PASSWORD);
        String session = cookies(in);
        String page = send(PROXY, "GET", "/console/health", List.of("Cookie: " + session), "");
        String out = send(
                PROXY,
                "POST",
                "/console/logout",
                List.of("Cookie: " + session + "; " + cookies(page)),
                "_csrf=" + encoded(token(page)));
        assertThat(out).startsWith("HTTP/1.1 302");
        assertThat(out.lines().filter(line -> line.startsWith("Set-Cookie: __Host-JSESSIONID=;")))
                .singleElement()
                .asString()
                .contains("Max-Age=0", "Path=/", "Secure");
    }

    private static String hawtio(String from, String forwarded) throws IOException {
        String session = cookies(logIn(from, forwarded, PASSWORD));
        return send(
                from,
                "GET",
                "/actuator/hawtio/user",
                List.of("X-Forwarded-For: " + forwarded, "Cookie: " + session),
                "");
    }

    private static String api(String from, String forwarded, String password) throws IOException {
        String basic = Base64.getEncoder().encodeToString((ADMIN + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(
                from,
                "GET",
                "/api/channels",
                List.of("X-Forwarded-For: " + forwarded, "Authorization: Basic " + basic),
                "");
    }

    private static String logIn(String from, String forwarded, String password) throws IOException {
        String form = send(from, "GET", FORM, List.of(), "");
        return send(
                from,
                "POST",
                FORM,
                List.of("X-Forwarded-For: " + forwarded, "X-Forwarded-Proto: https", "Cookie: " + cookies(form)),
                "username=" + ADMIN + "&password=" + encoded(password) + "&_csrf=" + encoded(token(form)));
    }

    /** From an address of this machine; the whole answer. */
    private static String send(String from, String method, String path, List<String> headers, String form)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: archiver.example"));
        lines.addAll(headers);
        lines.add("Accept: " + (path.startsWith("/api") ? "application/json" : "text/html"));
        lines.add("Connection: close");
        if (!form.isEmpty()) {
            lines.add("Content-Type: application/x-www-form-urlencoded");
            lines.add("Content-Length: " + form.length());
        }
        try (Socket socket = new Socket(InetAddress.getByName(PROXY), bed.port(), InetAddress.getByName(from), 0);
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n" + form).getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String cookies(String answer) {
        List<String> cookies = new ArrayList<>();
        Matcher cookie = COOKIE.matcher(answer);
        while (cookie.find()) {
            cookies.add(cookie.group(1));
        }
        return String.join("; ", cookies);
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
