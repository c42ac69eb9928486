package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody works in a mailbox by IMAP, past the archiver, and a verification names what he has done. */
@RequiresProgram("dovecot")
class VerifyFoldersTest {
    private static final String FOREIGN = "<00112233445566778899aabbccddeeff00112233@chat-archiver.invalid>";

    @Test
    void whatIsThereTwiceOrIsNoneOfTheLedgersAndWhatWasMovedAreNamed(@TempDir Path folder) throws Exception {
        try (Dovecot mail = Dovecot.start(TestBed.ANN, TestBed.BEN);
                TestBed bed = TestBed.start(folder, TestBed.byMaster(mail))) {
            TestBed.Window window = bed.window();
            for (int i = 0; i < 6; i++) {
                bed.add(
                        window,
                        TestBed.text("m" + i, "Text of " + i)
                                .put(
                                        "messageTime",
                                        window.from().plusSeconds(60 + i).toString()));
            }
            // Far from the window.
            bed.add(window, TestBed.text("late", "Text that came late"));
            // Of another run, in the same folder: it is not this run's affair, and no stranger.
            TestBed.Window earlier = bed.window();
            bed.add(
                    earlier,
                    TestBed.text("other", "Text of another run")
                            .put("messageTime", window.from().plusSeconds(90).toString()));
            bed.run(earlier);
            String run = bed.run(window).run().id();
            JsonNode clean = Verified.of(bed.archiver(), run);
            assertThat(clean.get("differences")).isEmpty();
            assertThat(clean.at("/progress/mailboxesDone").asInt()).isEqualTo(1);
            assertThat(clean.at("/progress/itemsDone").asInt()).isEqualTo(7);

            String moved;
            try (Store store = store(mail)) {
                Folder archive = store.getFolder(TestBed.FOLDER);
                archive.open(Folder.READ_WRITE);
                Message[] all = archive.getMessages();
                archive.appendMessages(new Message[] {copy(all[1], null)});
                archive.appendMessages(new Message[] {copy(named(all, "Text that came late"), null)});
                archive.appendMessages(new Message[] {copy(all[2], FOREIGN)});
                archive.appendMessages(new Message[] {copy(all[2], "<somebody@else.example>")});
                moved = all[3].getHeader("Message-ID")[0];
                Folder other = store.getFolder("Elsewhere");
                other.create(Folder.HOLDS_MESSAGES);
                archive.copyMessages(new Message[] {all[3]}, other);
                all[3].setFlag(Flags.Flag.DELETED, true);
                archive.close(true);
            }

            JsonNode found = Verified.of(bed.archiver(), run);

            assertThat(found.get("counts"))
                    .isEqualTo(Verified.counts("{\"MOVED_OR_DELETED\":1,\"DOUBLED\":2,\"UNKNOWN_ITEM\":1}"));
            JsonNode unknown = Verified.first(found, "UNKNOWN_ITEM");
            assertThat(unknown.get("messageId").asText()).isEqualTo(FOREIGN);
            assertThat(unknown.get("mailbox").asText()).isEqualTo(TestBed.ANN);
            assertThat(unknown.get("sentence").asText()).contains(TestBed.FOLDER, "knows nothing of it");
            JsonNode gone = Verified.first(found, "MOVED_OR_DELETED");
            assertThat(gone.get("messageId").asText()).isEqualTo(moved);
            assertThat(Verified.first(found, "DOUBLED").get("sentence").asText())
                    .contains("more than once");
            assertThat(found.toString()).doesNotContain("Text of");
        }
    }

    private static Message named(Message[] all, String text) throws MessagingException, IOException {
        for (Message message : all) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            message.writeTo(content);
            if (content.toString(StandardCharsets.UTF_8).contains(text)) {
                return message;
            }
        }
        throw new AssertionError("no e-mail with " + text);
    }

    /** Received now, as its server will say. */
    private static MimeMessage copy(Message message, String messageId) throws MessagingException, IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        message.writeTo(content);
        String text = content.toString(StandardCharsets.ISO_8859_1);
        String named =
                messageId == null ? text : text.replaceFirst("(?i)Message-ID: <[^>]+>", "Message-ID: " + messageId);
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(named.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Store store(Dovecot mail) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(mail.host(), mail.imapPort(), TestBed.ANN, Dovecot.USER_PASSWORD);
        return store;
    }
}
