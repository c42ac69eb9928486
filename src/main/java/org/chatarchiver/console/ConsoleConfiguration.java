package org.chatarchiver.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console's own files. A browser asks each time whether it has them as they are; their dates are those of the build, always the same. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {
    static final String STATIC = "/console/static/";

    private static final String HTMX = "classpath:/META-INF/resources/webjars/htmx.org/2.0.4/dist/";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(STATIC + "*")
                .addResourceLocations("classpath:/console-static/", HTMX)
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(ConsoleConfiguration::tag);
    }

    private static String tag(Resource file) {
        CRC32 sum = new CRC32();
        try (InputStream in = file.getInputStream()) {
            sum.update(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The jar's " + file.getFilename() + " cannot be read", e);
        }
        return "\"" + Long.toHexString(sum.getValue()) + "\"";
    }
}
