package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Somebody follows every link of the console, again and again, as a crawler in his browser would. */
class CrawlerTest {
    private static final int PAGES = 500;
    private static final int WARM = 150;
    private static final long MB = 1024 * 1024;
    private static final Pattern LINK = Pattern.compile("href=\"(/console[^\"#]*)\"");

    @TempDir
    static Path folder;

    private static RecordsBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new RecordsBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @Test
    void fiveHundredPagesAreAnsweredByOneSessionAndLeaveNothingBehind() throws Exception {
        ConsoleClient ada = ConsoleClient.of(bed.port(), ADMIN, PASSWORD);
        String session = ada.session();
        int sessions = sessions();
        Set<String> links = new LinkedHashSet<>(Set.of("/console", "/console/none", "/console/runs/none"));
        Deque<String> next = new ArrayDeque<>(links);
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        long heap = 0;
        int threads = 0;
        for (int page = 0; page < PAGES; page++) {
            if (page == WARM) {
                heap = heap();
                threads = threads();
            }
            String path = next.remove();
            next.add(path);
            HttpResponse<String> answer = ada.get(path, "Accept", "text/html");
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            assertThat(answer.statusCode()).as(path).isIn(200, 302, 404);
            if (answer.statusCode() == 404) {
                assertThat(answer.body()).as(path).contains("<h1");
            }
            Matcher link = LINK.matcher(answer.body());
            while (link.find()) {
                String found = link.group(1).replace("&amp;", "&");
                if (links.add(found)) {
                    next.addFirst(found);
                }
            }
        }

        assertThat(links).as("what a crawler finds").hasSizeGreaterThan(25);
        assertThat(statuses.get(200)).isGreaterThan(PAGES / 2);
        assertThat(ada.session()).isEqualTo(session);
        assertThat(sessions()).isEqualTo(sessions);
        assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + 5);
        assertThat((heap() - heap) / MB).as("MB of heap").isLessThan(20);
    }

    @Test
    void strangersLeaveNoSessionsBehind() throws Exception {
        int sessions = sessions();
        ConsoleClient nobody = new ConsoleClient(bed.port());
        for (int i = 0; i < 100; i++) {
            assertThat(nobody.get("/console/runs/" + i, "Accept", "text/html").statusCode())
                    .isEqualTo(302);
            assertThat(nobody.get(ConsoleClient.LOGIN).statusCode()).isEqualTo(200);
        }
        assertThat(sessions()).isEqualTo(sessions);
    }

    private static int sessions() {
        ServletWebServerApplicationContext context = (ServletWebServerApplicationContext)
                bed.bean(DispatcherServlet.class).getWebApplicationContext();
        int sessions = 0;
        for (Container application :
                ((TomcatWebServer) context.getWebServer()).getTomcat().getHost().findChildren()) {
            sessions += ((Context) application).getManager().getActiveSessions();
        }
        return sessions;
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
