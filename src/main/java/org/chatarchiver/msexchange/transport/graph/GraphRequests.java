package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The requests to Microsoft Graph v1.0. All but {@link #usersWith} need the application permission {@code Mail.ReadWrite} and none but
 * that: whether a mailbox exists is asked of its root folder, since the directory ({@code GET /users/...}) would take
 * {@code User.Read.All} as well.
 */
final class GraphRequests {
    private static final byte[] NOTHING = {};
    private static final String ROOT = "msgfolderroot";
    private static final int PAGE = 100;
    private static final int MOST_LISTED = 500;

    private final String baseUrl;
    private final UnaryOperator<String> users;

    /** @param users the user's id or user principal name, for the address of a mailbox */
    GraphRequests(URI baseUrl, UnaryOperator<String> users) {
        this.baseUrl = baseUrl.toString().replaceFirst("/$", "");
        this.users = users;
    }

    private record MailFolder(String displayName) {}

    private record UploadSession(
            @JsonProperty("AttachmentItem") AttachmentItem attachmentItem) {}

    private record AttachmentItem(String attachmentType, String contentType, String name, long size) {}

    private record Change(List<GraphProperty> singleValueExtendedProperties) {}

    /** The users who have the address, be it as their primary one ({@code SMTP:}) or as another: values are compared without regard to case. */
    GraphRequest usersWith(String address) {
        return get(
                "/users",
                option("filter", "proxyAddresses/any(p:p eq " + quoted("smtp:" + address) + ")"),
                select("id", "userPrincipalName"));
    }

    GraphRequest root(String mailbox) {
        return get(folder(mailbox, ROOT), select("id"));
    }

    /** The folders of that name at the top level, hidden ones too, since a name is taken by them as well. */
    GraphRequest folders(String mailbox, String name) {
        return get(
                user(mailbox) + "/mailFolders",
                option("filter", "displayName eq " + quoted(name)),
                select("id", "displayName"),
                option("top", String.valueOf(PAGE)),
                "includeHiddenFolders=true");
    }

    GraphRequest createFolder(String mailbox, String name) {
        return request("POST", user(mailbox) + "/mailFolders", new MailFolder(name));
    }

    GraphRequest createMessage(String mailbox, String folderId, GraphMessage message) {
        return request("POST", folder(mailbox, folderId) + "/messages", message);
    }

    /** The messages with that id, each with its {@link GraphMarker}. */
    GraphRequest messages(String mailbox, String folderId, String messageId) {
        return get(
                folder(mailbox, folderId) + "/messages",
                option("expand", "singleValueExtendedProperties($filter=id eq " + quoted(GraphMarker.PROPERTY) + ")"),
                option("filter", "internetMessageId eq " + quoted(messageId)),
                select("id", "internetMessageId"));
    }

    /** The messages with that time of receipt, the earliest first, each with its {@link GraphMarker}. */
    GraphRequest received(String mailbox, String folderId, Instant from, Instant until) {
        return get(
                folder(mailbox, folderId) + "/messages",
                option("expand", "singleValueExtendedProperties($filter=id eq " + quoted(GraphMarker.PROPERTY) + ")"),
                option(
                        "filter",
                        "receivedDateTime ge " + from.truncatedTo(ChronoUnit.SECONDS) + " and receivedDateTime lt "
                                + until.truncatedTo(ChronoUnit.SECONDS)),
                option("orderby", "receivedDateTime"),
                select("id", "internetMessageId", "receivedDateTime"),
                option("top", String.valueOf(MOST_LISTED)));
    }

    GraphRequest attachments(String mailbox, String id) {
        return get(message(mailbox, id) + "/attachments", select("id", "name"), option("top", String.valueOf(PAGE)));
    }

    GraphRequest addAttachment(String mailbox, String id, GraphAttachment attachment) {
        return request("POST", message(mailbox, id) + "/attachments", attachment);
    }

    GraphRequest createUploadSession(String mailbox, String id, GraphAttachment attachment) {
        AttachmentItem item =
                new AttachmentItem("file", attachment.contentType(), attachment.name(), attachment.size());
        return request("POST", message(mailbox, id) + "/attachments/createUploadSession", new UploadSession(item));
    }

    GraphRequest setProperty(String mailbox, String id, GraphProperty property) {
        return request("PATCH", message(mailbox, id), new Change(List.of(property)));
    }

    GraphRequest remove(String mailbox, String id) {
        return new GraphRequest("DELETE", url(message(mailbox, id)), NOTHING);
    }

    private String user(String mailbox) {
        return "/users/" + encoded(users.apply(mailbox));
    }

    private String folder(String mailbox, String id) {
        return user(mailbox) + "/mailFolders/" + encoded(id);
    }

    private String message(String mailbox, String id) {
        return user(mailbox) + "/messages/" + encoded(id);
    }

    private GraphRequest get(String path, String... query) {
        return new GraphRequest("GET", url(path + "?" + String.join("&", query)), NOTHING);
    }

    private GraphRequest request(String method, String path, Object body) {
        return new GraphRequest(method, url(path), GraphJson.write(body));
    }

    private URI url(String path) {
        return URI.create(baseUrl + path);
    }

    /** @param name of a system query option (OData 4.01 part 2, 5.1), without the dollar */
    private static String option(String name, String value) {
        return "%24" + name + "=" + encoded(value);
    }

    private static String select(String... fields) {
        return "%24select=" + String.join(",", fields);
    }

    /** A form's encoding, but for the blank, as which a path does not know the plus. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A string of OData 4.01. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
