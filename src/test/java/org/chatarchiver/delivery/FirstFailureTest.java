package org.chatarchiver.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class FirstFailureTest {
    private static final String ROUTE = """
            - route:
                id: all
                from:
                  uri: direct:all
                  steps:
                    - split:
                        simple: ${body}
                        parallelProcessing: true
                        synchronous: true
                        aggregationStrategy: "#bean:firstFailure"
                        steps: [{ to: direct:part }]
            """;

    @Test
    void aFailureIsThrownOnlyWhenEveryPartHasEnded() throws Exception {
        Set<String> ended = ConcurrentHashMap.newKeySet();
        CountDownLatch failed = new CountDownLatch(1);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("firstFailure", new FirstFailure());
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("all.camel.yaml", ROUTE));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("direct:part").process(exchange -> {
                        String part = exchange.getMessage().getBody(String.class);
                        if (part.equals("bad")) {
                            failed.countDown();
                            throw new OutageException("down");
                        }
                        failed.await();
                        ended.add(part);
                    });
                }
            });
            context.start();
            assertThatThrownBy(() ->
                            context.createProducerTemplate().sendBody("direct:all", List.of("a", "bad", "b", "c")))
                    .isInstanceOf(CamelExecutionException.class)
                    .hasCauseInstanceOf(OutageException.class);
            assertThat(ended).containsExactlyInAnyOrder("a", "b", "c");
            context.createProducerTemplate().sendBody("direct:all", List.of("d", "e"));
            assertThat(ended).contains("d", "e");
        }
    }
}
