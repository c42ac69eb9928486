package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;

class MappingReplacementTest extends MappingStoreFixture {
    @Test
    void aReplacementIsWrittenToTheSourceAndCountsAtOnce() throws IOException {
        write(ALICE);
        register();
        assertThat(store.replace("wechat", stream(BOB), "ada")).isInstanceOf(Parsed.Accepted.class);
        assertThat(mailbox()).contains("bob@contoso.example");
        assertThat(source).hasContent(BOB);
        store.refresh();
        assertThat(events).containsExactly("accepted wechat 1", "accepted wechat 1");
    }

    @Test
    void aReplacementMendsASourceThatIsNotThereYet() throws IOException {
        register();
        assertThat(store.replace("wechat", stream(ALICE), "ada")).isInstanceOf(Parsed.Accepted.class);
        assertThat(source).hasContent(ALICE);
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void aRejectedReplacementChangesNothing() throws IOException {
        write(ALICE);
        register();
        assertThat(store.replace("wechat", stream(BAD), "ada")).isInstanceOf(Parsed.Rejected.class);
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(source).hasContent(ALICE);
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffChangesNothing() throws IOException {
        write(ALICE);
        register();
        InputStream broken = new SequenceInputStream(stream(BOB), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> store.replace("wechat", broken, "ada")).isInstanceOf(IOException.class);
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(source).hasContent(ALICE);
    }

    @Test
    void aConnectorWithoutAMappingFileHasNothingToReplace() throws IOException {
        store.register("whatsapp", "");
        assertThat(store.current("whatsapp")).isEqualTo(new Mappings.Current.None());
        assertThat(store.replace("whatsapp", stream(ALICE), "ada")).isInstanceOf(Parsed.Rejected.class);
    }
}
