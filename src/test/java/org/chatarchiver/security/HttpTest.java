package org.chatarchiver.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The security layer and a small API behind a real port, without routes and database. */
@SpringBootTest(
        classes = HttpTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude="
                    + "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration,"
                    + "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration,"
                    + "org.apache.camel.spring.boot.CamelAutoConfiguration",
        })
@ActiveProfiles("security-test")
@AutoConfigureObservability(tracing = false)
abstract class HttpTest {
    static final String ADMIN = "ann";
    static final String READER = "rita";
    static final String VICTIM = "vic";
    static final String GUARDED = "gus";
    static final String PASSWORD = "correct horse: ü";

    @TempDir
    static Path data;

    @Autowired
    private ServletWebServerApplicationContext server;

    private final HttpClient client = HttpClient.newHttpClient();

    // No stereotype: the sandbox's component scan must not find it.
    @EnableAutoConfiguration
    @EnableConfigurationProperties(SecurityProperties.class)
    @ComponentScan(basePackageClasses = SecurityProperties.class)
    static class Application {
        /** As the package hawtio does, which is not scanned here: the HTTP client that it asks for is not there. */
        @Bean
        static BeanDefinitionRegistryPostProcessor withoutProxy() {
            return registry -> registry.removeBeanDefinition("jolokiaProxyServlet");
        }
    }

    @DynamicPropertySource
    static void users(DynamicPropertyRegistry properties) {
        String hash = "{bcrypt}" + new BCryptPasswordEncoder().encode(PASSWORD);
        properties.add("archiver.data", () -> data.toString());
        user(properties, 0, ADMIN, hash, Role.DATA_CONNECTOR_ADMIN);
        user(properties, 1, READER, hash, Role.COMPLIANCE_READER);
        user(properties, 2, VICTIM, hash, Role.COMPLIANCE_READER);
        user(properties, 3, GUARDED, hash, Role.DATA_CONNECTOR_ADMIN);
    }

    private static void user(DynamicPropertyRegistry properties, int index, String name, String hash, Role role) {
        String prefix = "archiver.security.users[" + index + "].";
        properties.add(prefix + "username", () -> name);
        properties.add(prefix + "password", () -> hash);
        properties.add(prefix + "roles", role::name);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String[] as(String user) {
        return as(user, PASSWORD);
    }

    static String[] as(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)};
    }

    static String[] as(String user, String[] more) {
        String[] login = as(user);
        return new String[] {login[0], login[1], more[0], more[1]};
    }
}
