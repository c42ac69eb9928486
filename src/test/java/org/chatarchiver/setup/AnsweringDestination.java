package org.chatarchiver.setup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.msexchange.transport.Existence;

/** Behind the route {@code check-mailbox}: answers what a test says, and holds its answers back where a test takes the permits. */
final class AnsweringDestination implements AutoCloseable {
    final Map<String, Existence> answers = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Semaphore held = new Semaphore(1_000_000);
    private final DefaultCamelContext camel = new DefaultCamelContext();

    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:check-mailbox").routeId("check-mailbox").process(exchange -> {
                    String mailbox = exchange.getMessage().getBody(String.class);
                    asked.add(mailbox);
                    held.acquire();
                    exchange.getMessage().setBody(answers.getOrDefault(mailbox, new Existence.Present()));
                });
            }
        });
        camel.start();
    }

    ProducerTemplate routes() {
        return camel.createProducerTemplate();
    }

    @Override
    public void close() throws IOException {
        held.release(1_000);
        camel.close();
    }
}
