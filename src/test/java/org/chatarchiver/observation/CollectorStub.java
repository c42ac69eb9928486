package org.chatarchiver.observation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** A collector of traces on this machine, by OTLP over HTTP; keeps all that it is sent. */
public final class CollectorStub implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;

    /**
     * A span as it was sent.
     *
     * @param parent lower-case hex; empty for none
     * @param attributes numbers as text
     */
    public record Received(
            String trace, String id, String parent, String name, boolean error, Map<String, String> attributes) {}

    public CollectorStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Answers with this from now on, and keeps nothing unless it is 200. */
    public void answer(int other) {
        status = other;
    }

    public int requests() {
        return requests.get();
    }

    public List<Received> spans() {
        return List.copyOf(spans);
    }

    /** All that was sent, as text, with whatever else is in it than what {@link Received} has. */
    public String all() {
        return String.join("\n", bodies);
    }

    public List<String> authorizations() {
        return authorizations;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            ExportTraceServiceRequest request;
            try (InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                request = ExportTraceServiceRequest.parseFrom(body);
            }
            if (status == 200) {
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                bodies.add(request.toString());
                keep(request);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void keep(ExportTraceServiceRequest request) {
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    Map<String, String> attributes = new TreeMap<>();
                    for (KeyValue attribute : span.getAttributesList()) {
                        attributes.put(
                                attribute.getKey(),
                                attribute.getValue().hasIntValue()
                                        ? Long.toString(attribute.getValue().getIntValue())
                                        : attribute.getValue().getStringValue());
                    }
                    spans.add(new Received(
                            hex(span.getTraceId().toByteArray()),
                            hex(span.getSpanId().toByteArray()),
                            hex(span.getParentSpanId().toByteArray()),
                            span.getName(),
                            span.getStatus().getCodeValue() == 2,
                            attributes));
                }
            }
        }
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
