package org.chatarchiver.msexchange.transport.graph;

import com.microsoft.graph.models.Attachment;
import com.microsoft.graph.models.AttachmentItem;
import com.microsoft.graph.models.AttachmentType;
import com.microsoft.graph.models.MailFolder;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.SingleValueLegacyExtendedProperty;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import com.microsoft.graph.users.item.mailfolders.MailFoldersRequestBuilder;
import com.microsoft.graph.users.item.mailfolders.item.messages.MessagesRequestBuilder;
import com.microsoft.graph.users.item.messages.item.attachments.createuploadsession.CreateUploadSessionPostRequestBody;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The requests to Microsoft Graph v1.0, made by its SDK. All but {@link #usersWith} need the application permission
 * {@code Mail.ReadWrite} and none but that: whether a mailbox exists is asked of its root folder, since the directory
 * ({@code GET /users/...}) would take {@code User.Read.All} as well.
 */
final class GraphRequests {
    private static final byte[] NOTHING = {};
    private static final String ROOT = "msgfolderroot";
    private static final int PAGE = 100;

    private final GraphServiceClient graph;
    private final UnaryOperator<String> users;

    /** @param users the user's id or user principal name, for the address of a mailbox */
    GraphRequests(URI baseUrl, UnaryOperator<String> users) {
        this.users = users;
        // Nothing is sent by the adapter: it only tells the SDK where Graph is and how JSON is written.
        OkHttpRequestAdapter adapter = new OkHttpRequestAdapter(new AnonymousAuthenticationProvider());
        adapter.setBaseUrl(baseUrl.toString().replaceFirst("/$", ""));
        graph = new GraphServiceClient(adapter);
    }

    /** The users who have the address, be it as their primary one ({@code SMTP:}) or as another: values are compared without regard to case. */
    GraphRequest usersWith(String address) {
        return request(graph.users().toGetRequestInformation(options -> {
            options.queryParameters.filter = "proxyAddresses/any(p:p eq " + quoted("smtp:" + address) + ")";
            options.queryParameters.select = new String[] {"id", "userPrincipalName"};
        }));
    }

    GraphRequest root(String mailbox) {
        return request(user(mailbox).mailFolders().byMailFolderId(ROOT).toGetRequestInformation(options -> {
            options.queryParameters.select = new String[] {"id"};
        }));
    }

    /** The folders of that name at the top level, hidden ones too, since a name is taken by them as well. */
    GraphRequest folders(String mailbox, String name) {
        return request(user(mailbox).mailFolders().toGetRequestInformation(options -> {
            MailFoldersRequestBuilder.GetQueryParameters query = options.queryParameters;
            query.filter = "displayName eq " + quoted(name);
            query.select = new String[] {"id", "displayName"};
            query.includeHiddenFolders = "true";
            query.top = PAGE;
        }));
    }

    GraphRequest createFolder(String mailbox, String name) {
        MailFolder folder = new MailFolder();
        folder.setDisplayName(name);
        return request(user(mailbox).mailFolders().toPostRequestInformation(folder));
    }

    GraphRequest createMessage(String mailbox, String folderId, Message message) {
        return request(
                user(mailbox).mailFolders().byMailFolderId(folderId).messages().toPostRequestInformation(message));
    }

    /** The messages with that id, each with its {@link GraphMarker}. */
    GraphRequest messages(String mailbox, String folderId, String messageId) {
        return request(
                user(mailbox).mailFolders().byMailFolderId(folderId).messages().toGetRequestInformation(options -> {
                    MessagesRequestBuilder.GetQueryParameters query = options.queryParameters;
                    query.filter = "internetMessageId eq " + quoted(messageId);
                    query.select = new String[] {"id", "internetMessageId"};
                    query.expand = new String[] {
                        "singleValueExtendedProperties($filter=id eq " + quoted(GraphMarker.PROPERTY) + ")"
                    };
                }));
    }

    GraphRequest attachments(String mailbox, String id) {
        return request(user(mailbox).messages().byMessageId(id).attachments().toGetRequestInformation(options -> {
            options.queryParameters.select = new String[] {"id", "name"};
            options.queryParameters.top = PAGE;
        }));
    }

    GraphRequest addAttachment(String mailbox, String id, Attachment attachment) {
        return request(user(mailbox).messages().byMessageId(id).attachments().toPostRequestInformation(attachment));
    }

    GraphRequest createUploadSession(String mailbox, String id, GraphAttachment attachment) {
        AttachmentItem item = new AttachmentItem();
        item.setAttachmentType(AttachmentType.File);
        item.setName(attachment.name());
        item.setContentType(attachment.contentType());
        item.setSize(attachment.size());
        CreateUploadSessionPostRequestBody body = new CreateUploadSessionPostRequestBody();
        body.setAttachmentItem(item);
        return request(user(mailbox)
                .messages()
                .byMessageId(id)
                .attachments()
                .createUploadSession()
                .toPostRequestInformation(body));
    }

    GraphRequest setProperty(String mailbox, String id, SingleValueLegacyExtendedProperty property) {
        Message change = untyped();
        change.setSingleValueExtendedProperties(List.of(property));
        return request(user(mailbox).messages().byMessageId(id).toPatchRequestInformation(change));
    }

    GraphRequest remove(String mailbox, String id) {
        return request(user(mailbox).messages().byMessageId(id).toDeleteRequestInformation());
    }

    /** Without the SDK's {@code @odata.type}, which the collection that it is posted to tells. */
    static Message untyped() {
        Message message = new Message();
        message.setOdataType(null);
        // What is set before this does not count as changed, hence is not written, not even as null.
        message.getBackingStore().setIsInitializationCompleted(true);
        return message;
    }

    /** A string of OData 4.01. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private UserItemRequestBuilder user(String mailbox) {
        return graph.users().byUserId(users.apply(mailbox));
    }

    private static GraphRequest request(RequestInformation made) {
        try (InputStream content = made.content) {
            return new GraphRequest(
                    made.httpMethod.name(), made.getUri(), content == null ? NOTHING : content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the SDK made a URL that is none", e);
        }
    }
}
