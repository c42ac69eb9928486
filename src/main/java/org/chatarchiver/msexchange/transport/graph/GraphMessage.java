package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is given of a message when it is created, under Graph's names ({@code message}). The type ({@code @odata.type}) is told by the
 * collection that it is posted to.
 *
 * @param from null: not given
 * @param sender null: not given
 * @param subject may be null
 */
record GraphMessage(
        List<GraphAttachment> attachments,
        ItemBody body,
        @JsonInclude(JsonInclude.Include.NON_NULL) Recipient from,
        String internetMessageId,
        boolean isRead,
        @JsonInclude(JsonInclude.Include.NON_NULL) Recipient sender,
        List<GraphProperty> singleValueExtendedProperties,
        String subject,
        List<Recipient> toRecipients) {

    /** @param contentType {@code html} or {@code text} */
    record ItemBody(String content, String contentType) {}

    record Recipient(EmailAddress emailAddress) {}

    /** @param name null: not given */
    record EmailAddress(
            String address,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name) {}

    /** Shows nothing of the e-mail. */
    @Override
    public String toString() {
        return internetMessageId;
    }
}
