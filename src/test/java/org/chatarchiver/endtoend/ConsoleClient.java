package org.chatarchiver.endtoend;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser at the console's door, as far as cookies, tokens and forms go; follows no redirect by itself. */
final class ConsoleClient {
    static final String LOGIN = "/console/login";
    static final String CONNECTORS = "/console/connectors";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies;
    private final HttpClient http;
    private final String base;

    ConsoleClient(int port) {
        this(port, new CookieManager());
    }

    private ConsoleClient(int port, CookieManager cookies) {
        this.cookies = cookies;
        http = HttpClient.newBuilder().cookieHandler(cookies).build();
        base = "http://127.0.0.1:" + port;
    }

    /** The same browser, whose requests come to another archiver, as behind one address they do. */
    ConsoleClient at(int port) {
        return new ConsoleClient(port, cookies);
    }

    /** One who has logged in. */
    static ConsoleClient of(int port, String user, String password) throws IOException, InterruptedException {
        ConsoleClient client = new ConsoleClient(port);
        HttpResponse<String> answer = client.logIn(user, password, "");
        if (answer.statusCode() != 302) {
            throw new IllegalStateException("Log-in of " + user + ": " + answer.statusCode() + " " + answer.body());
        }
        return client;
    }

    /** @param wanted where to go behind it; empty for nowhere */
    HttpResponse<String> logIn(String user, String password, String wanted) throws IOException, InterruptedException {
        return post(LOGIN, token(LOGIN), "username", user, "password", password, "to", wanted);
    }

    /** The token of the first form of a page. */
    String token(String page) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(page).body());
        return token.find() ? token.group(1) : "none";
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /**
     * Sends a form.
     *
     * @param token empty for none
     * @param fields names and values
     */
    HttpResponse<String> post(String path, String token, String... fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(fields[i]).append('=').append(encoded(fields[i + 1])).append('&');
        }
        if (!token.isEmpty()) {
            form.append("_csrf=").append(encoded(token));
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(form.toString())));
    }

    /** Sends a form with a file (RFC 7578), as a browser does. @param token empty for none */
    HttpResponse<String> upload(String path, String token, String field, String name, byte[] file)
            throws IOException, InterruptedException {
        String boundary = "----chat-archiver-form";
        String before = (token.isEmpty() ? "" : part(boundary, "name=\"_csrf\"", "") + token + "\r\n")
                + part(boundary, "name=\"" + field + "\"; filename=\"" + name + "\"", "Content-Type: text/csv\r\n");
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Accept", "text/html")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(before),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"))));
    }

    private static String part(String boundary, String disposition, String more) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n";
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    String session() {
        return cookie("JSESSIONID").orElseThrow().getValue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
