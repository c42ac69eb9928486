package org.chatarchiver.routing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * The routes as the program brings them, for the first start in an empty directory. They are the operator's from then on: a directory
 * that is there is never written to.
 */
final class ShippedRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ShippedRoutes.class);
    private static final Path USUAL = Path.of("routes");
    private static final String FOLDER = "shipped-routes/";

    private ShippedRoutes() {}

    /** Only where the usual directory is missing: one that was set by hand and is missing is a mistake. */
    static void writeIfMissing(Path routes) throws IOException {
        if (!routes.toAbsolutePath().equals(USUAL.toAbsolutePath()) || Files.exists(routes)) {
            return;
        }
        Resource[] shipped = new PathMatchingResourcePatternResolver().getResources("classpath*:" + FOLDER + "**/*.*");
        if (shipped.length == 0) {
            return;
        }
        Path made = Files.createTempDirectory(routes.toAbsolutePath().getParent(), ".routes-");
        try {
            for (Resource file : shipped) {
                String url = file.getURL().toString();
                write(file, made.resolve(url.substring(url.lastIndexOf(FOLDER) + FOLDER.length())));
            }
            // At once: a start that is killed leaves all of them or none.
            Files.move(made, routes, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileSystemUtils.deleteRecursively(made);
        }
        LOG.info(
                "There was no directory {} (archiver.routes): the routes as shipped are in it now",
                routes.getFileName());
    }

    private static void write(Resource file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = file.getInputStream()) {
            Files.copy(in, target);
        }
    }
}
