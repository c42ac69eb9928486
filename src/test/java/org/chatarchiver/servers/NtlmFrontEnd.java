package org.chatarchiver.servers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A web server in front of one mailbox with one folder, which authenticates a connection by NTLM and, like IIS, refuses before it has
 * taken a request's content. It takes nothing but chunked requests that expect to be told to continue.
 */
public final class NtlmFrontEnd implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final NtlmServer ntlm = new NtlmServer(EwsStub.ACCOUNT, EwsStub.PASSWORD);
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    public NtlmFrontEnd() throws IOException {
        Thread thread = new Thread(this::accept, "ntlm-front-end");
        thread.setDaemon(true);
        thread.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/EWS/Exchange.asmx");
    }

    /** How many requests were answered with 401. */
    public int refused() {
        return refused.get();
    }

    /** How much content has come, of all requests. */
    public long bytes() {
        return bytes.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                serve(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException e) {
                // The client has left, or the test is over.
            }
        }
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        byte[] challenge = ntlm.challenge();
        boolean known = false;
        while (true) {
            List<String> head = head(in);
            if (!head.contains("expect: 100-continue") || !head.contains("transfer-encoding: chunked")) {
                throw new IOException("not what this server takes: " + head);
            }
            byte[] message = head.stream()
                    .filter(line -> line.startsWith("authorization: NTLM "))
                    .map(line -> Base64.getDecoder().decode(line.substring("authorization: NTLM ".length())))
                    .findFirst()
                    .orElse(new byte[0]);
            known |= NtlmServer.type(message) == 3 && ntlm.accepts(message, challenge);
            if (!known) {
                refused.incrementAndGet();
                String more = NtlmServer.type(message) == 1
                        ? " " + Base64.getEncoder().encodeToString(NtlmServer.type2(challenge))
                        : "";
                say(
                        out,
                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM" + more + "\r\nContent-Length: 0\r\n\r\n");
                content(in);
            } else {
                say(out, "HTTP/1.1 100 Continue\r\n\r\n");
                String answer = answer(content(in));
                say(out, "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer);
            }
        }
    }

    private static String answer(String request) {
        String operation = request.contains("<m:CreateItem ") ? "CreateItem" : "FindFolder";
        String content = operation.equals("CreateItem")
                ? "<m:Items/>"
                : "<m:RootFolder><t:Folders><t:Folder><t:FolderId Id=\"a\"/><t:DisplayName>Archive</t:DisplayName></t:Folder></t:Folders></m:RootFolder>";
        return EwsSoap.envelope(String.format(
                Locale.ROOT,
                "<m:%1$sResponse><m:ResponseMessages><m:%1$sResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError</m:ResponseCode>%2$s</m:%1$sResponseMessage></m:ResponseMessages></m:%1$sResponse>",
                operation,
                content));
    }

    /** Names in lower case. */
    private static List<String> head(InputStream in) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            head.add(colon < 0 ? line : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        return head;
    }

    /** The start of a chunked content that is read to its end. */
    private String content(InputStream in) throws IOException {
        StringBuilder start = new StringBuilder();
        for (int size = size(in); size > 0; size = size(in)) {
            byte[] chunk = in.readNBytes(size);
            bytes.addAndGet(chunk.length);
            if (start.length() < 4096) {
                start.append(new String(chunk, StandardCharsets.UTF_8));
            }
            line(in);
        }
        line(in);
        return start.toString();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
