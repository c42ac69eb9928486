package org.chatarchiver.servers;

import static org.chatarchiver.servers.GraphExchange.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.servers.GraphExchange.Answer;
import org.chatarchiver.servers.GraphExchange.Request;

/**
 * The users behind {@link GraphStub}: known by their ids and user principal names alone, and by their proxy addresses to whom the directory
 * may answer, which by default is nobody.
 */
public final class GraphDirectory {
    private static final Pattern BY_ADDRESS = Pattern.compile("proxyAddresses/any\\(p:p eq '((?:[^']|'')*)'\\)");

    private final List<User> users = new CopyOnWriteArrayList<>();
    private volatile boolean permitted;

    private record User(String id, String principal, List<String> proxyAddresses) {}

    /** From here on the application has User.Read.All, or has it no more. */
    public void permit(boolean permission) {
        permitted = permission;
    }

    /**
     * A user; the mailbox is {@link GraphStub#mailbox} by the principal name.
     *
     * @param proxyAddresses such as {@code SMTP:ann@example.com}, the primary one, or {@code smtp:...}, another
     * @return the id
     */
    public String add(String principal, String... proxyAddresses) {
        String id = UUID.randomUUID().toString();
        users.add(new User(id, principal, List.of(proxyAddresses)));
        return id;
    }

    public void remove(String principal) {
        users.removeIf(user -> user.principal.equals(principal));
    }

    /** The key of the mailbox: the principal name for an id. */
    String principal(String user) {
        return users.stream()
                .filter(one -> one.id.equals(user))
                .map(User::principal)
                .findFirst()
                .orElse(user);
    }

    Answer answer(Request request) {
        if (!permitted) {
            return Answer.error(
                    403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        }
        Matcher filter = BY_ADDRESS.matcher(request.query().getOrDefault("$filter", ""));
        if (!filter.matches() || !request.query().getOrDefault("$select", "").equals("id,userPrincipalName")) {
            return Answer.error(400, "Request_UnsupportedQuery", "Unsupported Query.");
        }
        String address = filter.group(1).replace("''", "'");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode values = answer.putArray("value");
        users.stream()
                .filter(user -> user.proxyAddresses.stream().anyMatch(address::equalsIgnoreCase))
                .forEach(user -> values.addObject().put("id", user.id).put("userPrincipalName", user.principal));
        return Answer.of(200, answer);
    }
}
