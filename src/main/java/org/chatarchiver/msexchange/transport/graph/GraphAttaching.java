package org.chatarchiver.msexchange.transport.graph;

import java.io.IOException;
import java.util.Locale;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Adds an attachment to an item, whole or not at all, in the way that is meant for its size: below 3 MB by one request, from there on by an
 * upload session ("Attach large files to Outlook messages or events"). A request of more than 4 MB is refused, which with its JSON is what an
 * attachment some hundred bytes below 3 MB comes to, and sessions have been seen to begin at 2 MB: so these go by session, too. Where the
 * limits of the two ways lie is not the same everywhere, so what one refuses because of its size is tried by the other.
 */
final class GraphAttaching {
    /** Of the attachment's own bytes. */
    static final int LEAST_BY_SESSION = 3 * 1024 * 1024;

    /** Of a request's body; one byte more was answered with 413, or with 500 and no code. */
    private static final int MOST_BY_REQUEST = 4 * 1024 * 1024;

    private static final int SESSIONS = 3;

    private final GraphCall call;
    private final GraphRequests requests;
    private final String mailbox;
    private final String id;

    /** @param id of the item */
    GraphAttaching(GraphCall call, GraphRequests requests, String mailbox, String id) {
        this.call = call;
        this.requests = requests;
        this.mailbox = mailbox;
        this.id = id;
    }

    /** Asks the item. */
    interface Question {
        boolean ask() throws IOException, TransportException;
    }

    /**
     * @param arrived whether the item has the attachment
     * @throws TransportException where it could not be added
     * @throws IOException where an answer was lost
     */
    void add(GraphAttachment attachment, Question arrived) throws IOException, TransportException {
        GraphRequest request = requests.addAttachment(mailbox, id, attachment);
        boolean session = attachment.size() >= LEAST_BY_SESSION || request.body().length > MOST_BY_REQUEST;
        GraphAnswer refused = session ? bySession(attachment, arrived) : byRequest(request);
        if (refused != null && (session ? tooSmall(refused) : tooLarge(refused))) {
            GraphAnswer again = session ? byRequest(request) : bySession(attachment, arrived);
            if (again != null && (session ? tooLarge(again) : tooSmall(again))) {
                throw TransportError.lasting(
                                Fault.EMAIL_TOO_LARGE,
                                "an attachment of " + attachment.size() + " bytes is refused by one request and by an "
                                        + "upload session: " + refused + ", " + again)
                        .thrown();
            }
            refused = again;
        }
        if (refused != null) {
            throw GraphFaults.of(refused).thrown();
        }
    }

    private static boolean tooLarge(GraphAnswer answer) {
        return switch (answer.code().toLowerCase(Locale.ROOT)) {
            case "errorattachmentsizelimitexceeded", "maximumattachmentsizeexceeded", "requestentitytoolarge" -> true;
            // Of the item as a whole: no way holds more.
            case "errormessagesizeexceeded" -> false;
            default -> answer.tooLarge();
        };
    }

    private static boolean tooSmall(GraphAnswer answer) {
        return answer.code().equalsIgnoreCase("ErrorAttachmentSizeShouldNotBeLessThanMinimumSize");
    }

    /** Null where it was added. */
    private GraphAnswer byRequest(GraphRequest request) throws IOException, TransportException {
        GraphAnswer answer = call.send(request);
        return answer.ok() ? null : answer;
    }

    /** Null where it was added. */
    private GraphAnswer bySession(GraphAttachment attachment, Question arrived) throws IOException, TransportException {
        for (int i = 0; i < SESSIONS; i++) {
            GraphAnswer opened = call.send(requests.createUploadSession(mailbox, id, attachment));
            if (!opened.ok()) {
                return opened;
            }
            GraphUpload upload =
                    new GraphUpload(call, opened.body().path("uploadUrl").asText(), attachment.content());
            GraphUpload.End end = upload.send();
            if (end == GraphUpload.End.DONE || end == GraphUpload.End.UNKNOWN && arrived.ask()) {
                return null;
            }
            if (end == GraphUpload.End.UNKNOWN) {
                throw TransportError.passing(
                                Fault.UNAVAILABLE, "the upload session is gone, and its attachment is not there yet")
                        .thrown();
            }
        }
        throw TransportError.passing(Fault.UNAVAILABLE, "the upload session ended early " + SESSIONS + " times")
                .thrown();
    }
}
