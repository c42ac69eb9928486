package org.chatarchiver.servers;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may use {@link EwsStub}: by request, or by connection with NTLM. */
final class EwsLoginCheck {
    private final EwsStub.Login kind;
    private final NtlmServer ntlm;
    private final Map<InetSocketAddress, byte[]> challenged = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Boolean> authenticated = new ConcurrentHashMap<>();
    private final AtomicInteger handshakes = new AtomicInteger();
    private volatile String token = EwsStub.TOKEN;

    EwsLoginCheck(EwsStub.Login kind) {
        this.kind = kind;
        ntlm = new NtlmServer(EwsStub.ACCOUNT, EwsStub.PASSWORD);
    }

    /** A client's port may be one that a connection before it had, which proves nothing of this one. */
    void connected(InetSocketAddress client) {
        challenged.remove(client);
        authenticated.remove(client);
    }

    void token(String accepted) {
        token = accepted;
    }

    /** NTLM: how many connections have been authenticated. */
    int handshakes() {
        return handshakes.get();
    }

    /** Null where the request is accepted, else the challenge to answer with. */
    String refusal(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String given = header == null ? "" : header;
        return switch (kind) {
            case BASIC -> given.equals("Basic " + basic()) ? null : "Basic realm=\"ews\"";
            case BEARER -> given.equals("Bearer " + token) ? null : "Bearer client_id=\"ews\"";
            case NTLM -> ntlm(exchange.getRemoteAddress(), given);
        };
    }

    private static String basic() {
        return Base64.getEncoder()
                .encodeToString((EwsStub.USER + ":" + EwsStub.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private String ntlm(InetSocketAddress connection, String given) {
        if (!given.startsWith("NTLM ")) {
            return authenticated.containsKey(connection) ? null : "NTLM";
        }
        byte[] message = Base64.getDecoder().decode(given.substring("NTLM ".length()));
        if (NtlmServer.type(message) == 1) {
            byte[] challenge = ntlm.challenge();
            challenged.put(connection, challenge);
            return "NTLM " + Base64.getEncoder().encodeToString(NtlmServer.type2(challenge));
        }
        byte[] challenge = challenged.remove(connection);
        if (challenge == null || !ntlm.accepts(message, challenge)) {
            return "NTLM";
        }
        authenticated.put(connection, true);
        handshakes.incrementAndGet();
        return null;
    }
}
