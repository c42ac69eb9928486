package org.chatarchiver.collect;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.chatarchiver.landing.AttachmentPointer;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.telemessage.FeedAnswer;
import org.chatarchiver.telemessage.FeedBody;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedRefusedException;
import org.chatarchiver.telemessage.FeedRequest;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/** Asks the feed for an attachment, and makes of the answer what is to be landed: its bytes and a pointer to them, or one that says that they are gone or too many. */
@Component("attachmentFetch")
public class AttachmentFetch {
    private final FeedLogins logins;
    private final TelemessageProperties feed;
    private final Staging staging;
    private final Landings landings;
    private final FeedPauses pauses;
    private final Clock clock;

    AttachmentFetch(
            FeedLogins logins,
            TelemessageProperties feed,
            Staging staging,
            Landings landings,
            FeedPauses pauses,
            Clock clock) {
        this.logins = logins;
        this.feed = feed;
        this.staging = staging;
        this.landings = landings;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * Puts the request into the headers.
     *
     * @throws FeedPausedException while the feed wants not to be asked
     */
    public void request(@Variable(CollectVariables.ATTACHMENT) AttachmentRef ref, @Headers Map<String, Object> headers)
            throws IOException {
        pauses.check(ref.connector());
        FeedLogins.send(request(ref), headers);
    }

    /** Reads the answer to its end and closes it: the bytes, or a pointer that says why there are none. */
    public Staged<?> stage(
            @Body InputStream body,
            @Header("CamelHttpResponseCode") int status,
            @Headers Map<String, Object> headers,
            @Variable(CollectVariables.ATTACHMENT) AttachmentRef ref)
            throws IOException {
        try {
            FeedAnswer answer = FeedAnswer.ofAttachment(
                    status,
                    FeedLogins.first(headers, "Retry-After"),
                    FeedLogins.first(headers, "Location"),
                    clock.instant());
            // The pause that the feed asks for is not waited for here: it would hold up the archiving of every
            // connector.
            check(answer, ref);
            if (answer instanceof FeedAnswer.Gone) {
                return landings.stage(ref.run(), AttachmentPointer.gone(ref.href()));
            }
            return staging.stageAttachment(
                    ref.run(),
                    FeedBody.inflate(
                            FeedLogins.body(body, status),
                            FeedLogins.first(headers, "Content-Encoding"),
                            feed.attachment()));
        } catch (FeedRefusedException e) {
            if (e.reason() != Reason.DOWNLOAD_TOO_LARGE) {
                throw e;
            }
            return landings.stage(
                    ref.run(),
                    AttachmentPointer.oversize(ref.href(), feed.attachment().bytes()));
        } finally {
            FeedLogins.drop(body);
        }
    }

    /** Whether bytes came. */
    public boolean came(@Body Staged<?> staged) {
        return !(staged.value() instanceof AttachmentPointer);
    }

    /**
     * A pointer to the bytes, once they have landed.
     *
     * @throws AttachmentDiffersException where they are not those that were declared
     */
    public Staged<AttachmentPointer> pointer(
            @Body Landed bytes,
            @Headers Map<String, Object> headers,
            @Variable(CollectVariables.ATTACHMENT) AttachmentRef ref)
            throws IOException {
        String type = FeedLogins.first(headers, "Content-Type");
        AttachmentPointer came = AttachmentPointer.landed(ref.href(), bytes, type == null ? "" : type);
        if (ref.declared().differs(came.size(), came.sha256())) {
            throw new AttachmentDiffersException(came);
        }
        return landings.stage(ref.run(), came);
    }

    /** Asked for again and again, it still is not what the source declared: a pointer to it as it came. */
    public Staged<AttachmentPointer> asItCame(
            @Variable(CollectVariables.ATTACHMENT) AttachmentRef ref,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) AttachmentDiffersException differs)
            throws IOException {
        return landings.stage(ref.run(), differs.came());
    }

    private void check(FeedAnswer answer, AttachmentRef ref) throws IOException {
        try {
            logins.check(answer, ref.connector(), request(ref), new HashMap<>());
        } catch (FeedException refused) {
            pauses.heed(ref, refused);
            throw refused;
        }
        pauses.served(ref.connector());
    }

    private FeedRequest request(AttachmentRef ref) throws IOException {
        return FeedRequest.attachment(feed.feed(), logins.of(ref.connector()), ref.href());
    }
}
