package org.chatarchiver.servers;

import static org.chatarchiver.servers.GraphExchange.JSON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.servers.GraphExchange.Answer;
import org.chatarchiver.servers.GraphExchange.Request;

/** What Graph does, once it has understood a request: mailboxes and their folders. */
final class GraphService {
    private static final Pattern BY_NAME = Pattern.compile("displayName eq '(.*)'", Pattern.DOTALL);

    /** Folders in a page, so that there are pages. */
    private static final int PAGE = 2;

    final GraphUploads uploads = new GraphUploads();
    final GraphDirectory directory = new GraphDirectory();
    final Map<String, GraphMailbox> mailboxes = new ConcurrentHashMap<>();
    /** What every request for a mailbox is answered with, in place of a mailbox. */
    final Map<String, Answer> instead = new ConcurrentHashMap<>();

    /** Mailboxes that may be read and not written. */
    final Set<String> readOnly = ConcurrentHashMap.newKeySet();

    private String baseUrl;
    final GraphItems items = new GraphItems(uploads, () -> baseUrl);

    void serveAt(String url) {
        baseUrl = url;
    }

    Answer answer(Request request) throws IOException {
        if (request.shape().equals("GET users")) {
            return directory.answer(request);
        }
        String principal = directory.principal(request.mailbox());
        Answer other = instead.get(principal);
        if (other != null) {
            return other;
        }
        if (readOnly.contains(principal) && !request.shape().startsWith("GET ")) {
            return Answer.error(403, "ErrorAccessDenied", "Access is denied.");
        }
        GraphMailbox mailbox = mailboxes.get(principal);
        if (mailbox == null) {
            return Answer.error(404, "ErrorInvalidUser", "The requested user '" + request.mailbox() + "' is invalid.");
        }
        synchronized (mailbox) {
            return switch (request.shape()) {
                case "GET users/?/mailFolders/?" -> folder(mailbox, request);
                case "GET users/?/mailFolders" -> folders(mailbox, request);
                case "POST users/?/mailFolders" -> createFolder(mailbox, request);
                case "GET users/?/mailFolders/?/messages" -> items.find(mailbox, request);
                case "POST users/?/mailFolders/?/messages" -> items.create(mailbox, request);
                default -> items.item(mailbox, request);
            };
        }
    }

    private static Answer folder(GraphMailbox mailbox, Request request) {
        String id = request.path().get(3);
        if (id.equals("msgfolderroot") || mailbox.folders().containsKey(id)) {
            return Answer.of(200, JSON.createObjectNode().put("id", id));
        }
        return Answer.error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    }

    /** A page at a time; a page may be empty and yet not be the last. */
    private Answer folders(GraphMailbox mailbox, Request request) {
        Matcher filter = BY_NAME.matcher(request.query().getOrDefault("$filter", ""));
        if (!filter.matches()) {
            return Answer.error(400, "ErrorInvalidUrlQueryFilter", "The query is not understood.");
        }
        String name = filter.group(1).replace("''", "'");
        int from = Integer.parseInt(request.query().getOrDefault("$skip", "0"));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode values = answer.putArray("value");
        List<Map.Entry<String, String>> all = new ArrayList<>(mailbox.folders().entrySet());
        for (int i = from; i < Math.min(all.size(), from + PAGE); i++) {
            if (all.get(i).getValue().equalsIgnoreCase(name)) {
                values.addObject()
                        .put("id", all.get(i).getKey())
                        .put("displayName", all.get(i).getValue());
            }
        }
        if (from + PAGE < all.size()) {
            answer.put(
                    "@odata.nextLink",
                    baseUrl + "/users/" + encoded(request.mailbox()) + "/mailFolders?$filter=" + encoded(filter.group())
                            + "&$skip=" + (from + PAGE));
        }
        return Answer.of(200, answer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Answer createFolder(GraphMailbox mailbox, Request request) {
        String name = request.body().path("displayName").asText();
        if (request.body().size() != 1 || name.isBlank() || name.length() > 255) {
            return Answer.error(400, "ErrorInvalidArgument", "No folder can be made of this.");
        }
        if (mailbox.folders().values().stream().anyMatch(name::equalsIgnoreCase)) {
            return Answer.error(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
        String id = mailbox.newId();
        mailbox.folders().put(id, name);
        return Answer.of(201, JSON.createObjectNode().put("id", id).put("displayName", name));
    }
}
