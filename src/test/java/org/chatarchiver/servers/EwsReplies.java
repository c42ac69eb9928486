package org.chatarchiver.servers;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** How {@link EwsStub} answers, or does not. */
final class EwsReplies {
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param usual the answer of Exchange; null where it was not asked */
    void give(HttpExchange exchange, EwsReaction reaction, String usual) throws IOException, InterruptedException {
        EwsReaction.Kind kind = reaction == null ? EwsReaction.Kind.ITEMS : reaction.kind();
        switch (kind) {
            case STALL -> closed.await();
            case CUT -> {
                byte[] body = usual.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
            }
            case ANSWER -> {
                reaction.headers().forEach(exchange.getResponseHeaders()::add);
                send(exchange, reaction.status(), reaction.body().getBytes(StandardCharsets.UTF_8));
            }
            case SHORT ->
                send(
                        exchange,
                        200,
                        usual.replaceFirst("(?s)(</m:CreateItemResponseMessage>).*(</m:ResponseMessages>)", "$1$2")
                                .getBytes(StandardCharsets.UTF_8));
            case ITEMS, RACE ->
                send(exchange, usual.contains(":Fault>") ? 500 : 200, usual.getBytes(StandardCharsets.UTF_8));
            case CLOSE, LATE -> {
                // Closing the exchange without an answer closes its connection.
            }
        }
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Whoever is kept waiting is let go. */
    void close() {
        closed.countDown();
    }
}
