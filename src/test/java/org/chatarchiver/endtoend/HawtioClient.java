package org.chatarchiver.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser at Hawtio's door, as far as cookies, tokens and requests go; follows no redirect by itself. */
final class HawtioClient {
    static final String HAWTIO = "/actuator/hawtio";
    static final String LOGIN = "/console/login";
    static final String JOLOKIA = HAWTIO + "/jolokia";
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String base;

    HawtioClient(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** One who has logged in. */
    static HawtioClient of(int port, String user, String password) throws IOException, InterruptedException {
        HawtioClient client = new HawtioClient(port);
        HttpResponse<String> answer = client.logIn(user, password);
        if (answer.statusCode() != 302) {
            throw new IllegalStateException("Log-in of " + user + ": " + answer.statusCode() + " " + answer.body());
        }
        client.get(HAWTIO + "/user");
        return client;
    }

    HttpResponse<String> logIn(String user, String password) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(LOGIN).body());
        return logIn(user, password, token.find() ? token.group(1) : "none");
    }

    HttpResponse<String> logIn(String user, String password, String token) throws IOException, InterruptedException {
        String form = "username=" + encoded(user) + "&password=" + encoded(password) + "&_csrf=" + encoded(token);
        return send(request(LOGIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Jolokia's own answer, which has its own status; of several requests a list. */
    JsonNode post(JsonNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(body.toString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** With the token, as Hawtio's page sends it. */
    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(JOLOKIA)
                .header("Content-Type", "application/json")
                .header(
                        "X-XSRF-TOKEN",
                        cookie("XSRF-TOKEN").map(HttpCookie::getValue).orElse("none"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(body)));
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

    static ObjectNode exec(String mbean, String operation, Object... arguments) {
        ObjectNode request =
                JSON.createObjectNode().put("type", "exec").put("mbean", mbean).put("operation", operation);
        request.set("arguments", JSON.valueToTree(arguments));
        return request;
    }

    static ObjectNode read(String mbean) {
        return JSON.createObjectNode().put("type", "read").put("mbean", mbean);
    }

    /** The path of a request by GET, its parts escaped as Jolokia wants it. */
    static String path(String... parts) {
        return JOLOKIA + "?p=/"
                + Arrays.stream(parts)
                        .map(part -> encoded(part.replace("!", "!!").replace("/", "!/")))
                        .collect(Collectors.joining("/"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
