package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names of an answer's fields count in any case: which one is used differs by cloud and by service. */
class GraphSpellingTest extends GraphTest {
    private static final byte[] LARGE = new byte[9_000_000];

    static Stream<Named<UnaryOperator<String>>> spellings() {
        return Stream.of(
                Named.of("Pascal", name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)),
                Named.of("lower", name -> name.toLowerCase(Locale.ROOT)),
                Named.of("upper", name -> name.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void largeAttachmentsArriveWhole(UnaryOperator<String> spelling) {
        stub.spell(spelling);

        assertThat(append(GraphLargeItemsTest.withFiles("large", LARGE))).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.in(FOLDER)).singleElement().satisfies(item -> {
            assertThat(item.attachments()).hasSize(2);
            assertThat(item.attachments().get(0).content()).isEqualTo(LARGE);
        });
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void anUploadThatWasCutGoesOnWhereItWas(UnaryOperator<String> spelling) {
        stub.spell(spelling);
        fault(GraphFault.at("PUT session").after(1).resets());

        assertThat(append(GraphLargeItemsTest.withFiles("large", LARGE))).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.in(FOLDER)).singleElement().satisfies(item -> assertThat(item.attachments())
                .hasSize(2));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void foldersPagesBatchesAndSearchesAreRead(UnaryOperator<String> spelling) {
        List.of("a", "b", "c", "d", FOLDER).forEach(mailbox::makeFolder);
        stub.spell(spelling);
        List<Email> emails = MailboxTransportContract.emails("m", 30);

        assertThat(append(emails)).hasSize(30).allMatch(Outcome.Delivered.class::isInstance);

        assertThat(mailbox.folderNames()).hasSize(5);
        assertThat(filed()).isEqualTo(MailboxTransportContract.ids(emails));
        assertThat(((Found.Answered) find(MailboxTransportContract.ids(emails))).uids())
                .hasSize(30);
        assertThat(transport.exists(ANN)).isInstanceOf(Existence.Present.class);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void anUnfinishedItemIsKnownAndContinued(UnaryOperator<String> spelling) {
        stub.spell(spelling);
        Email email = GraphLargeItemsTest.withFiles("large", LARGE);
        fault(GraphFault.at("POST users/?/messages/?/attachments/createUploadSession")
                .resets());
        retryable(append(email));

        assertThat(find(List.of(email.messageId()))).isEqualTo(new Found.Answered(Map.of()));
        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);

        assertThat(filed()).containsExactly(email.messageId());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void refusalsAreToldApartByTheirCodes(UnaryOperator<String> spelling) {
        stub.spell(spelling);
        stub.refuse("sam@example.com", 404, "MailboxNotEnabledForRESTAPI");

        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
        assertThat(transport.exists("sam@example.com"))
                .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                        .isEqualTo(Fault.MAILBOX_ELSEWHERE));
        fault(GraphFault.at(CREATE).answers(429, "ApplicationThrottled").retryAfter("7"));
        assertThat(retryable(append(MailboxTransportContract.emails("m", 3)).get(0)))
                .satisfies(later -> assertThat(later.delay()).hasSeconds(7));
    }
}
