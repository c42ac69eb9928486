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
 * An IMAP connection that does nothing but append what is ready-made, and so fast that the server is what it waits for: many e-mails with
 * one APPEND (MULTIAPPEND, RFC 3502), the next one sent before the answer to it is read (RFC 3501, 5.5), and literals that are not asked
 * for (LITERAL+, RFC 7888). For one thread.
 */
final class PipelinedConnection implements AutoCloseable {
    /** E-mails of one APPEND; twice as many are under way. */
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
        int commands = (emails.size() + AT_A_TIME - 1) / AT_A_TIME;
        for (int command = 0; command < commands; command++) {
            write("a" + command + " APPEND \"" + folder + "\"");
            int until = Math.min((command + 1) * AT_A_TIME, emails.size());
            for (byte[] email : emails.subList(command * AT_A_TIME, until)) {
                write(" {" + email.length + "+}\r\n");
                out.write(email);
            }
            write("\r\n");
            out.flush();
            if (command > 0) {
                expect("a" + (command - 1));
            }
        }
        if (commands > 0) {
            expect("a" + (commands - 1));
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
