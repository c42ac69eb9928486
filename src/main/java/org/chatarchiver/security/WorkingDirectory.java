package org.chatarchiver.security;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code archiver.data} and {@code archiver.routes} absolute before anything reads them: relative paths of all settings and
 * connector files start at the directory that the process was started in. The JDK resolves them there by itself, but H2 refuses them
 * (its error 90011), and Spring looks for them among the classes first.
 */
class WorkingDirectory implements EnvironmentPostProcessor, Ordered {
    private static final Map<String, String> DIRECTORIES = Map.of("archiver.data", "data", "archiver.routes", "routes");

    /** After the configuration files are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> absolute = new LinkedHashMap<>();
        DIRECTORIES.forEach((key, usual) -> {
            String value = environment.getProperty(key, usual);
            // What is no path is left to the setting's own check, which names it.
            if (!value.isBlank() && isPath(value)) {
                absolute.put(key, Path.of(value).toAbsolutePath().normalize().toString());
            }
        });
        environment.getPropertySources().addFirst(new MapPropertySource("working directory", absolute));
    }

    private static boolean isPath(String value) {
        try {
            Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
