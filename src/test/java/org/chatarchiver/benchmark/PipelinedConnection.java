package org.chatarchiver.benchmark;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.chatarchiver.servers.Dovecot;

/**
 * An IMAP connection that does nothing but append what is ready-made, and so fast that the server is what it waits for: APPEND follows
 * APPEND without waiting for the answer (RFC 3501, 5.5), and literals are not asked for (LITERAL+, RFC 7888). For one thread.
 */
final class PipelinedConnection implements AutoCloseable {
    /** So many answers are read while as many more e-mails are under way: few enough to fit into the buffers of the system. */
    private static final int AT_A_TIME = 50;

    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    /** Is logged in, in a mailbox of its own. */
    PipelinedConnection(Dovecot dovecot, SSLContext tls, String mailbox) throws IOException {
        socket = tls.getSocketFactory().createSocket(dovecot.host(), dovecot.imapsPort());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        try {
            command("login", "LOGIN \"" + mailbox + "\" \"" + Dovecot.USER_PASSWORD + "\"");
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void create(String folder) throws IOException {
        command("create", "CREATE \"" + folder + "\"");
    }

    /** Returns once the last one is answered; fails if one is refused. */
    void append(String folder, List<byte[]> emails) throws IOException {
        int sent = 0;
        int answered = 0;
        while (answered < emails.size()) {
            int until = Math.min(sent + AT_A_TIME, emails.size());
            for (; sent < until; sent++) {
                byte[] email = emails.get(sent);
                write("a" + sent + " APPEND \"" + folder + "\" {" + email.length + "+}\r\n");
                out.write(email);
                write("\r\n");
            }
            out.flush();
            int enough = sent == emails.size() ? sent : sent - AT_A_TIME;
            for (; answered < enough; answered++) {
                expect("a" + answered);
            }
        }
    }

    private void command(String tag, String command) throws IOException {
        write(tag + " " + command + "\r\n");
        out.flush();
        expect(tag);
    }

    private void write(String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void expect(String tag) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith(tag + " ")) {
            line = in.readLine();
        }
        if (line == null) {
            throw new EOFException("The server ended the connection before it had answered " + tag);
        }
        if (!line.startsWith(tag + " OK")) {
            throw new IOException("The server answered " + line);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
