package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook for attachments. */
class AttachmentHookTest extends HooksFixture {
    @Test
    void aStepThatIsSwitchedOffIsNone() throws Exception {
        start("", "stop: { disabled: true }");
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped)).isSameAs(mapped);
    }

    @Test
    void theySeeEachAttachment() throws Exception {
        start("", "bean: { ref: operator, method: read }");
        MappedMessage mapped = mapped(
                file("a.txt", FILE),
                new Attachment("gone", "", new Content.Absent(Content.Why.GONE, -1, "")),
                file("b.txt", new byte[] {'b'}),
                file("over the limit", new byte[101]));

        assertThat(checked(mapped).message()).isEqualTo(mapped.message());

        assertThat(operator.read).containsExactly("the whole file", "b");
        assertThat(operator.headers)
                .isEqualTo(Map.of(
                        "connector", "wechat",
                        "run", "run",
                        "messageId", "1",
                        "mailboxes", "ann@example.com",
                        "attachmentName", "b.txt",
                        "attachmentType", "text/plain",
                        "attachmentSize", 1L,
                        "attachmentSha256", "d".repeat(64)));
        assertThat(closed).as("of " + opened + " streams").isEqualTo(opened);
    }

    @Test
    void anAttachmentThatIsRefusedIsLeftOut() throws Exception {
        start("", "filter: { simple: \"${header.attachmentName} == 'b.exe'\", steps: [ { " + REFUSE + " } ] }");
        MappedMessage mapped = mapped(file("a.txt", FILE), file("b.exe", FILE), file("c.txt", FILE));

        MappedMessage checked = checked(mapped);

        assertThat(checked.message().attachments().get(1).content())
                .isEqualTo(new Content.Absent(Content.Why.REFUSED, FILE.length, "d".repeat(64), "has a virus"));
        assertThat(checked.message().attachments())
                .extracting(attachment -> attachment.content() instanceof Content.Present)
                .containsExactly(true, false, true);
        assertThat(new FittedMessage(checked, checked.message()).partial()).isEqualTo(Reason.ATTACHMENT_REFUSED);
        assertThat(checked.items().send()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throwException: { exceptionType: java.io.IOException, message: no answer }",
                "stop: {}",
                "rollback: { markRollbackOnly: true }",
            })
    void whereTheyFailOnAnAttachmentTheItemsWait(String step) throws Exception {
        start("", step);

        waits(checked(mapped(file("a.txt", FILE), file("b.txt", FILE))));
    }

    @Test
    void anErrorThatTheirOwnFileHandlesIsNoInspection() throws Exception {
        start("", "to: direct:scan", """
                - onException:
                    exception: [ java.io.IOException ]
                    handled: { constant: "true" }
                    steps: [ { setBody: { constant: told } } ]
                - route:
                    id: scan
                    from:
                      uri: direct:scan
                      steps:
                        - throwException: { exceptionType: java.io.IOException, message: no answer }
                """);

        waits(checked(mapped(file("a.txt", FILE))));
    }

    @Test
    void aFurtherTryOfTheirOwnReadsTheFileFromItsBeginning() throws Exception {
        operator.failures = 2;
        start("", "to: direct:scan", """
                - onException:
                    exception: [ java.io.IOException ]
                    redeliveryPolicy: { maximumRedeliveries: 3, redeliveryDelay: "1" }
                - route:
                    id: scan
                    from:
                      uri: direct:scan
                      steps:
                        - bean: { ref: operator, method: read }
                """);
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped).message()).isEqualTo(mapped.message());

        assertThat(operator.read).containsExactly("the whole file", "the whole file", "the whole file");
        assertThat(closed).as("of " + opened + " streams").isEqualTo(opened);
    }
}
