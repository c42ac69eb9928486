package org.chatarchiver.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.AdminPassword;

/** The REST API of an archiver in this JVM, asked by its administrator unless somebody else is named. */
final class ApiClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningArchiver archiver;
    private final String authorization;

    ApiClient(RunningArchiver archiver) {
        this(archiver, AdminPassword.USERNAME, archiver.admin().read().value().orElse(""));
    }

    ApiClient(RunningArchiver archiver, String user, String password) {
        this.archiver = archiver;
        this.authorization = basic(user, password);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> get(String path, String user, String password) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(user, password))
                .GET());
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + archiver.port() + path);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
