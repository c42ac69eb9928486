package org.chatarchiver.archive;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Content.Why;
import org.chatarchiver.message.Message;
import org.springframework.stereotype.Component;

/**
 * Shows the operators' hooks what is about to be delivered. They get views of it in exchanges of their own: nothing that they do to these
 * changes what is archived, and the only thing that is looked at afterwards is the {@link Verdict}.
 */
@Component("inspections")
public class Inspections {
    /** A hook that is edited is seen within that time: looking it up for each message costs more than anything else of a route's step. */
    private static final Duration SEEN = Duration.ofSeconds(1);

    private final ArchiveProperties.Limits limits;
    private final Cache<Hook, Boolean> used =
            Caffeine.newBuilder().expireAfterWrite(SEEN).build();

    Inspections(ArchiveProperties properties) {
        this.limits = properties.limits();
    }

    /** Something that a hook is shown. @param attachment null where it is the message */
    public record Shown(MappedMessage mapped, Attachment attachment) {}

    /** Whether there is a message to be shown, and a hook that looks at it. */
    public boolean ofMessage(@Body MappedMessage mapped, CamelContext camel) {
        return mapped.sends() && isUsed(Hook.MESSAGE, camel);
    }

    /** Whether there are attachments to be shown, and a hook that looks at them. */
    public boolean ofAttachments(@Body MappedMessage mapped, CamelContext camel) {
        return mapped.sends() && !attachments(mapped).isEmpty() && isUsed(Hook.ATTACHMENT, camel);
    }

    private boolean isUsed(Hook hook, CamelContext camel) {
        return used.get(hook, one -> one.isUsed(camel));
    }

    /** The message, and in the headers where it comes from and goes to. Its attachments can be read, but not changed. */
    public Message message(@Body MappedMessage mapped, Exchange exchange) {
        Verdict.begin(exchange);
        origin(mapped, exchange.getMessage().getHeaders());
        Message message = mapped.message();
        return message.with(message.attachments().stream()
                .map(attachment -> attachment.content() instanceof Content.Present content
                        ? attachment.with(new Content.Stored(content.size(), content.sha256(), content::open))
                        : attachment)
                .toList());
    }

    /** Those that may come into the e-mail: not what cannot be had, nor what is too large by itself. */
    public List<Shown> attachments(@Body MappedMessage mapped) {
        return mapped.message().attachments().stream()
                .filter(this::isShown)
                .map(attachment -> new Shown(mapped, attachment))
                .toList();
    }

    private boolean isShown(Attachment attachment) {
        return attachment.content() instanceof Content.Present content
                && content.size() <= limits.attachment().toBytes();
    }

    /** The bytes of an attachment as a stream, and in the headers what it is. */
    public InputStream attachment(@Body Shown shown, Exchange exchange) {
        Verdict.begin(exchange);
        Content.Present content = (Content.Present) shown.attachment().content();
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        origin(shown.mapped(), headers);
        headers.put("attachmentName", shown.attachment().name());
        headers.put("attachmentType", shown.attachment().contentType());
        headers.put("attachmentSize", content.size());
        headers.put("attachmentSha256", content.sha256());
        return InspectedBytes.during(exchange, content);
    }

    private static void origin(MappedMessage mapped, Map<String, Object> headers) {
        headers.put("connector", mapped.work().connector().id());
        headers.put("run", mapped.work().run().id());
        headers.put("messageId", mapped.message().id());
        headers.put(
                "mailboxes", mapped.items().send().stream().map(Item::mailbox).collect(Collectors.joining(",")));
    }

    /** The message without the attachments that were refused, to which they are in the order in which they were shown. */
    MappedMessage without(MappedMessage mapped, List<Verdict> verdicts) {
        List<Attachment> left = new ArrayList<>();
        int next = 0;
        for (Attachment attachment : mapped.message().attachments()) {
            left.add(
                    isShown(attachment) && verdicts.get(next++) instanceof Verdict.Refused refused
                            ? attachment.with(absent((Content.Present) attachment.content(), refused))
                            : attachment);
        }
        return mapped.with(mapped.message().with(left));
    }

    private static Content absent(Content.Present content, Verdict.Refused refused) {
        return new Content.Absent(Why.REFUSED, content.size(), content.sha256(), refused.why());
    }
}
