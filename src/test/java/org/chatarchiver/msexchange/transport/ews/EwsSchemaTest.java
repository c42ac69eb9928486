package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.EwsReaction;
import org.chatarchiver.servers.EwsSchemas;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of request, and the stub's answers to them, against Microsoft's own schemas, which lie beside the project. */
class EwsSchemaTest extends EwsFixture {
    @BeforeEach
    @SuppressForbidden("a build that left tests out says so, whatever the logging")
    void schemas() {
        if (!EwsSchemas.present()) {
            System.out.println("There are no schemas in " + EwsSchemas.FOLDER + ": requests are not held against them");
        }
        assumeTrue(EwsSchemas.present(), "no schemas in " + EwsSchemas.FOLDER);
    }

    private static Email email(String id, String header) {
        String content = "Message-ID: " + id + "\r\n" + header + "\r\n\r\nGrüße ]]> & <b>\u2603</b>\r\n";
        return new Email(id, Instant.parse("1990-01-01T00:00:00.123Z"), content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyRequestIsValid() {
        String folder = "AT&T <\"SMS\"/MMS> ]]> Grüße 微信 \uD83D\uDE00";
        Batch batch = new Batch(
                MAILBOX,
                folder,
                List.of(
                        email("<a&b\"c'd]]e@x>", "Content-Class: urn:content-class:custom.AT&T<SMS>"),
                        email("<2@x>", "Subject: none")));
        stub.on("CreateFolder", EwsReaction.race());

        transport().exists(MAILBOX);
        transport().exists("o'hara&sons@example.com");
        assertThat(transport().append(batch)).containsOnly(new Outcome.Delivered(0));
        assertThat(transport().append(new Batch(MAILBOX, "More", MailboxTransportContract.emails("m", 120))))
                .containsOnly(new Outcome.Delivered(0));
        List<String> ids = MailboxTransportContract.ids(batch.emails());
        assertThat(((Found.Answered) transport().find(new Lookup(MAILBOX, folder, ids))).uids())
                .containsOnlyKeys(ids);
        transport().find(new Lookup(MAILBOX, "More", ids.subList(0, 1)));
        Instant date = MailboxTransportContract.DATE;
        assertThat(transport().list(new Listing(MAILBOX, "More", date, date.plusSeconds(1), null)))
                .isInstanceOfSatisfying(
                        Listed.Part.class, part -> assertThat(part.emails()).isNotEmpty());

        assertThat(stub.violations()).isEmpty();
        assertThat(stub.requests())
                .extracting(EwsStub.Request::operation)
                .contains("GetFolder", "FindFolder", "CreateFolder", "CreateItem", "FindItem");
        assertThat(stub.mailboxes().items(MAILBOX, folder)).hasSize(2);
    }

    @Test
    void aRequestWithElementsInAnotherOrderWouldBeNoticed() {
        append(1);
        EwsStub.Request filed = stub.requests().get(stub.requests().size() - 1);
        String good = new String(filed.envelope(), StandardCharsets.UTF_8);
        String bad = good.replaceFirst("(<t:MimeContent.*</t:MimeContent>)(<t:ItemClass>.*</t:ItemClass>)", "$2$1");

        assertThat(bad).isNotEqualTo(good);
        assertThat(EwsSchemas.complaint(good.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(EwsSchemas.complaint(bad.getBytes(StandardCharsets.UTF_8))).isPresent();
    }
}
