package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * TeleMessage's archive feed on 127.0.0.1, as {@code telemessage-feed.openapi.yaml} tells it: Basic authentication, a network's messages by
 * the time TeleMessage received them, oldest first, in pages with cursors that hold for one query, and attachments by id. Answers are
 * written from ready-made bytes, so that neither many messages nor large ones cost memory. Misbehaves on demand: faults are taken one per
 * request, in the order they were queued. Safe for several threads.
 */
public final class FeedSimulator implements AutoCloseable {
    public static final String ACCOUNT = "/archive/v1/account";
    public static final String MESSAGES = "/archive/v1/messages";
    public static final String ATTACHMENTS = "/archive/v1/attachments/";

    private static final int REQUESTS_KEPT = 2_000;
    private static final String JSON = "application/json";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, FeedAccount> accounts = new ConcurrentHashMap<>();
    private final Map<String, MessageWriter> attachments = new ConcurrentHashMap<>();
    private final FeedStore store = new FeedStore();
    private final Cursors cursors = new Cursors();
    private final Faults faults = new Faults();
    private final Deque<FeedRequest> requests = new ArrayDeque<>();
    private volatile boolean limitIgnored;
    private volatile Duration clockOffset = Duration.ZERO;
    private final String scheme;
    private final HttpListener listener;

    /** On a free port. */
    public FeedSimulator() throws IOException {
        this(0);
    }

    /** @param port 0 for a free one */
    public FeedSimulator(int port) throws IOException {
        this(port, null);
    }

    /** Over TLS, on a free port. */
    public FeedSimulator(ServerCertificate certificate) throws IOException {
        this(0, certificate.serverContext());
    }

    private FeedSimulator(int port, SSLContext tls) throws IOException {
        this.scheme = tls == null ? "http" : "https";
        this.listener = new HttpListener(port, tls, () -> Instant.now().plus(clockOffset), this::handle);
    }

    /** Without a slash at its end: what {@code archiver.telemessage.base-url} takes. */
    public URI baseUrl() {
        return URI.create(scheme + "://127.0.0.1:" + listener.port());
    }

    /** Adds an account, or replaces the one of the same user. */
    public void account(FeedAccount account) {
        accounts.put(account.user(), account);
    }

    /** @param network or an account's {@link FeedAccount#lane} */
    public void add(String network, Instant received, byte[] messageJson) {
        store.add(network, received, MessageWriter.of(messageJson), true);
    }

    /** For messages that are made while they are written. */
    public void add(String network, Instant received, MessageWriter message) {
        store.add(network, received, message, true);
    }

    /** A message that the feed has given already and gives again; {@code totalCount} does not count it. */
    public void addAgain(String network, Instant received, MessageWriter message) {
        store.add(network, received, message, false);
    }

    /** Serves {@code content} at {@link #ATTACHMENTS} + id. */
    public void attachment(String id, MessageWriter content) {
        attachments.put(id, content);
    }

    /** From now on the attachment is answered 404. */
    public void forgetAttachment(String id) {
        attachments.remove(id);
    }

    /** The next requests for pages fail; shorthand for {@link #fault} with {@link Fault#status}. */
    public void fail(int times, int status, String retryAfter) {
        fault(times, Fault.status(status, retryAfter));
    }

    /** The next requests for pages suffer this. */
    public void fault(int times, Fault fault) {
        fault(MESSAGES, times, fault);
    }

    /** The next requests whose path starts so suffer this. */
    public void fault(String pathPrefix, int times, Fault fault) {
        faults.add(pathPrefix, times, fault);
    }

    /** Faults that no request has met yet. */
    public int faultsLeft() {
        return faults.size();
    }

    /** Every cursor given so far is answered 410. */
    public void expireCursors() {
        cursors.expire();
    }

    /** From now on a page holds all that is left of its window, whatever limit is asked for. */
    public void ignoreLimit() {
        this.limitIgnored = true;
    }

    /** How far the {@code Date} header is ahead of the real time. */
    public void clockOffset(Duration offset) {
        this.clockOffset = offset;
    }

    /** The last 2,000 requests, oldest first, refused ones too. */
    public List<FeedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void record(FeedRequest request) {
        synchronized (requests) {
            if (requests.size() == REQUESTS_KEPT) {
                requests.removeFirst();
            }
            requests.addLast(request.withoutPassword());
        }
    }

    private void handle(FeedRequest request, Reply reply) throws IOException, InterruptedException {
        record(request);
        Fault fault = faults.take(request);
        if (fault instanceof Fault.Answer answer) {
            reply.send(answer.status(), answer.headers(), answer.body());
            return;
        }
        Optional<FeedAccount> account = accounts.values().stream()
                .filter(one -> one.authorization().equals(request.header("authorization")))
                .findFirst();
        if (account.isEmpty()) {
            reply.send(401, Map.of("WWW-Authenticate", "Basic realm=\"archive\", charset=\"UTF-8\""), new byte[0]);
        } else if (!request.method().equals("GET")) {
            reply.send(405, Map.of("Allow", "GET"), new byte[0]);
        } else if (request.path().equals(ACCOUNT)) {
            answerAccount(account.get(), request, reply, fault);
        } else if (request.path().equals(MESSAGES)) {
            answerMessages(account.get(), request, reply, fault);
        } else if (request.path().startsWith(ATTACHMENTS)) {
            answerAttachment(request, reply, fault);
        } else {
            refuse(reply, 404, "no such path");
        }
    }

    private void answerAccount(FeedAccount account, FeedRequest request, Reply reply, Fault fault)
            throws IOException, InterruptedException {
        if (account.networks().isEmpty()) {
            refuse(reply, 403, "not allowed");
            return;
        }
        Map<String, Object> body = Map.of(
                "account", account.user(),
                "networks", account.networks().stream().sorted().toList());
        answer(request, reply, fault, JSON, MessageWriter.of(json.writeValueAsBytes(body)));
    }

    private void answerMessages(FeedAccount account, FeedRequest request, Reply reply, Fault fault)
            throws IOException, InterruptedException {
        FeedQuery query;
        try {
            query = FeedQuery.parse(request.query());
        } catch (IllegalArgumentException e) {
            refuse(reply, 400, e.getMessage());
            return;
        }
        if (!account.networks().contains(query.network())) {
            refuse(reply, 403, "network not in this account");
            return;
        }
        FeedStore.Place after = null;
        if (query.cursor() != null) {
            Cursors.Reading reading = cursors.read(account, query);
            if (reading.refusal() != 0) {
                refuse(reply, reading.refusal(), "the cursor is not of this query, or too old");
                return;
            }
            after = reading.place();
        }
        listener.pause(account.pause().toMillis());
        int limit = limitIgnored ? Integer.MAX_VALUE : Math.min(query.limit(), account.pageSize());
        String lane = account.lane(query.network());
        FeedStore.Slice slice = store.page(lane, query.limited(limit), after);
        String next = slice.last() == null ? null : cursors.write(account, query, slice.last());
        if (fault instanceof Fault.RepeatedCursor) {
            next = query.cursor();
        }
        int total = store.total(lane, query) + (fault instanceof Fault.WrongTotal wrong ? wrong.by() : 0);
        answer(request, reply, fault, JSON, new FeedPage(total, slice.messages(), next, query.cursor() != null));
    }

    private void answerAttachment(FeedRequest request, Reply reply, Fault fault)
            throws IOException, InterruptedException {
        MessageWriter content = attachments.get(request.path().substring(ATTACHMENTS.length()));
        if (content == null) {
            refuse(reply, 404, "gone");
        } else {
            answer(request, reply, fault, "application/octet-stream", content);
        }
    }

    private void answer(FeedRequest request, Reply reply, Fault fault, String type, MessageWriter body)
            throws IOException, InterruptedException {
        if (fault == null || fault instanceof Fault.RepeatedCursor || fault instanceof Fault.WrongTotal) {
            reply.stream(Map.of("Content-Type", type), request.acceptsGzip(), body);
        } else {
            Faults.send(fault, listener, reply, type, request.acceptsGzip(), body);
        }
    }

    private static void refuse(Reply reply, int status, String why) throws IOException {
        byte[] body = ("{\"error\":\"" + why + "\"}").getBytes(StandardCharsets.UTF_8);
        reply.send(status, Map.of("Content-Type", JSON), body);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
