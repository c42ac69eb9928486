package org.chatarchiver.servers;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.chatarchiver.servers.GraphExchange.Answer;

/**
 * Microsoft Graph's mail on 127.0.0.1, strict and with a memory: what Graph would refuse is refused, and what it would punish is kept as a
 * breach, of which a test wants none. Upload sessions are on another port, where no token may be shown.
 */
public final class GraphStub implements AutoCloseable {
    private final GraphService service = new GraphService();
    private final GraphLoad load = new GraphLoad();
    private final GraphManners manners = new GraphManners(load);
    private final GraphDispatch dispatch = new GraphDispatch(service, load, manners);
    private final GraphDoor door = new GraphDoor(dispatch, service.uploads, manners);

    private GraphStub() {
        door.tokens.add("token");
        service.serveAt(baseUrl().toString());
    }

    public static GraphStub start() {
        return new GraphStub();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + door.port() + GraphDoor.VERSION);
    }

    /** Takes these tokens alone. */
    public void accept(String... good) {
        door.tokens.clear();
        door.tokens.addAll(List.of(good));
    }

    /** Makes it, unless it is there. */
    public GraphMailbox mailbox(String address) {
        return service.mailboxes.computeIfAbsent(address, key -> new GraphMailbox());
    }

    public GraphDirectory directory() {
        return service.directory;
    }

    public void remove(String address) {
        service.mailboxes.remove(address);
    }

    /** From here on every request for the mailbox is answered so. */
    public void refuse(String address, int status, String code) {
        service.instead.put(address, Answer.error(status, code, "as the test wants it"));
    }

    /** From here on the mailbox may be read and not written. */
    public void denyWriting(String address) {
        service.readOnly.add(address);
    }

    /** From here on requests for the mailbox are carried out again. */
    public void allow(String address) {
        service.readOnly.remove(address);
        service.instead.remove(address);
    }

    public void throttle(String address, int seconds) {
        load.throttle(address, seconds);
    }

    public void fault(GraphFault fault) {
        dispatch.faults.add(fault);
    }

    /** How long each request runs, those of a batch too. */
    public void duration(Duration time) {
        load.last(time);
    }

    /** From here on all goes well. */
    public void clearFaults() {
        dispatch.faults.clear();
    }

    /** How much later everything is answered: both ways together. */
    public void latency(Duration delay) {
        door.latency = delay;
    }

    /** How the names of fields are spelled in answers, from here on; by default as they are documented. */
    public void spell(UnaryOperator<String> names) {
        door.spelling = names;
    }

    /** Takes attachments of one size and more by session, those below the other by request; without this, 3 MB as documented. */
    public void sizes(int sessionsFrom, int requestsBelow) {
        service.uploads.takeFrom(sessionsFrom);
        service.items.takeBelow(requestsBelow);
        door.mostBytes = Math.max(door.mostBytes, requestsBelow / 3 * 4);
    }

    /** From here on requests go wrong in this way, batches as a whole. */
    public void disturb(Disturbance trouble) {
        door.disturbance = trouble;
    }

    public void expireSessions() {
        service.uploads.expire();
    }

    /** Everything that was asked, as {@code method path} with {@code ?} for ids; a batch, and then what is in it. */
    public List<String> log() {
        return List.copyOf(dispatch.log);
    }

    public void clearLog() {
        dispatch.log.clear();
    }

    /** From here on requests are kept as they are. */
    public void record() {
        dispatch.record();
    }

    /** What was kept; in place of a batch, what was in it. */
    public List<GraphSaid> said() {
        return List.copyOf(dispatch.said);
    }

    /** Where the links to further pages lead, in place of here. */
    public void linkPagesTo(String url) {
        service.serveAt(url);
    }

    /** Requests that wait for their answer. */
    public int waiting() {
        return door.waiting.get();
    }

    /** The most requests that waited at one time. */
    public int mostAtATime() {
        return door.most.get();
    }

    /** What no client may do. */
    public List<String> breaches() {
        return load.breaches();
    }

    public int mostForOneMailbox() {
        return load.mostForOneMailbox();
    }

    @Override
    public void close() {
        load.close();
        door.close();
    }
}
