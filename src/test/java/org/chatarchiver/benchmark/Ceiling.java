package org.chatarchiver.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.chatarchiver.servers.Certificates;
import org.chatarchiver.servers.Dovecot;

/** What the server can take on this machine: a {@link PipelinedConnection} for each mailbox, all at the same time. */
final class Ceiling {
    private final Dovecot dovecot;

    Ceiling(Dovecot dovecot) {
        this.dovecot = dovecot;
    }

    /**
     * Appends to a new folder of each mailbox; the time begins when all connections are open and the folders there.
     *
     * @param emails that are taken in turn, from the first on again where there are too few
     * @param each how many for each mailbox
     * @return e-mails per second, all mailboxes together
     */
    double measure(List<String> mailboxes, String folder, List<byte[]> emails, int each)
            throws IOException, InterruptedException, ExecutionException {
        SSLContext tls = Certificates.trusting(dovecot.trustStore(), Dovecot.TRUST_STORE_PASSWORD);
        List<PipelinedConnection> connections = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(mailboxes.size());
        try {
            List<Callable<Void>> appends = new ArrayList<>();
            int next = 0;
            for (String mailbox : mailboxes) {
                PipelinedConnection connection = new PipelinedConnection(dovecot, tls, mailbox);
                connections.add(connection);
                connection.create(folder);
                List<byte[]> own = inTurn(emails, next, each);
                next += each;
                appends.add(() -> {
                    connection.append(folder, own);
                    return null;
                });
            }
            long start = System.nanoTime();
            for (Future<Void> append : threads.invokeAll(appends)) {
                append.get();
            }
            return Benchmark.rate(mailboxes.size() * each, start);
        } finally {
            threads.shutdownNow();
            close(connections.iterator());
        }
    }

    private static List<byte[]> inTurn(List<byte[]> emails, int first, int count) {
        List<byte[]> taken = new ArrayList<>(count);
        for (int i = first; i < first + count; i++) {
            taken.add(emails.get(i % emails.size()));
        }
        return taken;
    }

    /** Each of them, also where one fails. */
    private static void close(Iterator<PipelinedConnection> connections) throws IOException {
        if (connections.hasNext()) {
            try (PipelinedConnection closed = connections.next()) {
                close(connections);
            }
        }
    }
}
