package org.chatarchiver.servers;

import static org.chatarchiver.servers.GraphExchange.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.chatarchiver.servers.GraphExchange.Answer;
import org.chatarchiver.servers.GraphExchange.Request;

/** Takes the requests of {@link GraphStub} apart, and lets go wrong what is to go wrong. */
final class GraphDispatch {
    private static final int MOST_IN_BATCH = 20;

    final List<GraphFault> faults = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<GraphSaid> said = new CopyOnWriteArrayList<>();
    private final GraphService service;
    private final GraphLoad load;
    private final GraphManners manners;
    private volatile boolean recording;

    GraphDispatch(GraphService service, GraphLoad load, GraphManners manners) {
        this.service = service;
        this.load = load;
        this.manners = manners;
    }

    void record() {
        recording = true;
    }

    static final class ResetException extends RuntimeException {}

    static final class CutException extends RuntimeException {
        private final transient Answer answer;

        CutException(Answer answer) {
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    /** Answers are in no order. */
    Answer batch(JsonNode body) {
        return faulty("POST $batch", () -> runAll(body));
    }

    private Answer runAll(JsonNode body) {
        if (body.path("requests").size() > MOST_IN_BATCH) {
            load.breach(body.path("requests").size() + " requests in a batch");
            return Answer.error(400, "BadRequest", "More than 20 requests.");
        }
        Map<String, Integer> done = new HashMap<>();
        ArrayNode answers = JSON.createArrayNode();
        for (JsonNode one : body.path("requests")) {
            manners.check(name -> one.path("headers").path(name).asText(null));
            boolean free = true;
            for (JsonNode before : one.path("dependsOn")) {
                free &= done.getOrDefault(before.asText(), 424) < 300;
            }
            if (one.path("dependsOn").isEmpty() && !done.isEmpty()) {
                load.breach("requests of a batch that run at once");
            }
            Answer answer = free
                    ? run(one.path("method").asText(), one.path("url").asText(), one.path("body"))
                    : Answer.error(424, "FailedDependency", "Not run.");
            done.put(one.path("id").asText(), answer.status());
            ObjectNode given = answers.insertObject(answers.size() / 2);
            given.put("id", one.path("id").asText()).put("status", answer.status());
            answer.headers().forEach(given.putObject("headers")::put);
            given.set("body", answer.body().isMissingNode() ? null : answer.body());
        }
        return Answer.of(200, JSON.createObjectNode().set("responses", answers));
    }

    Answer run(String method, String url, JsonNode body) {
        if (recording) {
            said.add(new GraphSaid(method, url, body.isMissingNode() ? "" : body.toString()));
        }
        Request request = Request.of(method, url, body);
        Supplier<Answer> work = () -> faulty(request.shape(), () -> service.answer(request));
        return request.mailbox().isEmpty()
                ? work.get()
                : load.run(service.directory.principal(request.mailbox()), work);
    }

    private static void later(CountDownLatch when, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        when.await();
                        work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "graph-stub-late");
        thread.setDaemon(true);
        thread.start();
    }

    interface Work {
        Answer run() throws IOException;
    }

    Answer faulty(String shape, Work work) {
        log.add(shape);
        try {
            for (GraphFault fault : faults) {
                if (fault.strikes(shape)) {
                    Answer done = fault.isCarriedOut() ? work.run() : null;
                    switch (fault.kind()) {
                        case ANSWER -> {
                            return fault.answer();
                        }
                        case RESET -> throw new ResetException();
                        case LATE -> {
                            later(fault.late(), work);
                            throw new ResetException();
                        }
                        case CUT -> throw new CutException(done);
                    }
                }
            }
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
