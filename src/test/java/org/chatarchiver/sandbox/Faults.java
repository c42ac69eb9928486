package org.chatarchiver.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The faults that are still to come, each for one request below a path. */
final class Faults {
    private record Queued(String pathPrefix, Fault fault) {}

    private final List<Queued> queue = new ArrayList<>();

    synchronized void add(String pathPrefix, int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            queue.add(new Queued(pathPrefix, fault));
        }
    }

    synchronized int size() {
        return queue.size();
    }

    /** Takes the first fault that fits the request; null where none does. */
    synchronized Fault take(FeedRequest request) {
        for (Iterator<Queued> each = queue.iterator(); each.hasNext(); ) {
            Queued next = each.next();
            boolean fits = !(next.fault() instanceof Fault.RepeatedCursor)
                    || request.query().contains("cursor=");
            if (fits && request.path().startsWith(next.pathPrefix())) {
                each.remove();
                return next.fault();
            }
        }
        return null;
    }

    /** Sends a body badly. Held in memory, for the length must be known beforehand: faulty answers are small. */
    static void send(Fault fault, HttpListener listener, Reply reply, String type, boolean gzip, MessageWriter body)
            throws IOException, InterruptedException {
        if (fault instanceof Fault.Silence) {
            reply.awaitClient();
            return;
        }
        if (fault instanceof Fault.Huge huge) {
            reply.stream(Map.of("Content-Type", type), gzip, out -> write(huge, out));
            return;
        }
        byte[] whole = bytes(gzip, body);
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        if (fault instanceof Fault.CutContent) {
            reply.promise(headers, whole.length / 2).write(whole, 0, whole.length / 2);
            reply.flush();
            return;
        }
        OutputStream out = reply.promise(headers, whole.length);
        if (fault instanceof Fault.CutBody) {
            out.write(whole, 0, whole.length / 2);
            reply.flush();
        } else if (fault instanceof Fault.Drip drip) {
            for (byte b : whole) {
                out.write(b);
                reply.flush();
                listener.pause(drip.pause().toMillis());
            }
        } else if (fault instanceof Fault.Stall stall) {
            out.write(whole, 0, Math.min(stall.afterBytes(), whole.length));
            reply.flush();
            reply.awaitClient();
        } else if (fault instanceof Fault.Reset reset) {
            out.write(whole, 0, Math.min(reset.afterBytes(), whole.length));
            reply.flush();
            reply.reset();
        } else {
            throw new IllegalArgumentException("not a fault of the transfer: " + fault);
        }
    }

    private static void write(Fault.Huge huge, OutputStream out) throws IOException {
        byte[] block = "a".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        out.write("{\"account\":\"".getBytes(StandardCharsets.US_ASCII));
        for (long left = huge.characters(); left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(block.length, left));
        }
        out.write("\",\"networks\":[]}".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(boolean gzip, MessageWriter body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        if (gzip) {
            try (GZIPOutputStream compressed = new GZIPOutputStream(whole)) {
                body.writeTo(compressed);
            }
        } else {
            body.writeTo(whole);
        }
        return whole.toByteArray();
    }
}
