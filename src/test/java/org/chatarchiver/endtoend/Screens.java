package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chatarchiver.servers.Chromium;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Looks at a page of the console as people do: wide and narrow, light and dark, and as a screen reader. Leaves pictures in {@code target/screens}. */
final class Screens {
    private static final int WIDE = 1280;
    private static final int NARROW = 400;
    private static final String AXE = axe();

    private final Chromium browser;

    Screens(Chromium browser) {
        this.browser = browser;
    }

    /** @param name of the pictures */
    void look(String name) throws IOException {
        for (int width : new int[] {WIDE, NARROW}) {
            for (boolean dark : new boolean[] {false, true}) {
                browser.look(width, 900, dark);
                Number wide = (Number) browser.run("return document.documentElement.scrollWidth");
                Number high = (Number) browser.run("return document.documentElement.scrollHeight");
                assertThat(wide.intValue())
                        .as(name + " is no wider than " + width)
                        .isLessThanOrEqualTo(width);
                // Either width and either theme, once each.
                if (dark == (width == NARROW)) {
                    assertThat(violations())
                            .as(name + " at " + width + (dark ? " dark" : ""))
                            .isEmpty();
                }
                browser.look(width, Math.max(900, high.intValue()), dark);
                browser.picture("console-" + name + "-" + width + (dark ? "-dark" : ""));
            }
        }
        browser.look(WIDE, 900, false);
    }

    private List<?> violations() {
        if (Boolean.TRUE.equals(browser.run("return typeof axe === 'undefined'"))) {
            browser.run(AXE);
        }
        return (List<?>) browser.ask("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                    result => done(result.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join('; '))),
                    error => done([String(error)]));""");
    }

    private static String axe() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js");
            try (InputStream in = found[0].getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
