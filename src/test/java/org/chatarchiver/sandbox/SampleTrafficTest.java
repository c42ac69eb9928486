package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SampleTrafficTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SampleTraffic traffic = new SampleTraffic(42);
    private final List<Sample> past = traffic.past(3000, NOW);

    private static byte[] bytes(Sample sample) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sample.json().writeTo(out);
        return out.toByteArray();
    }

    private static boolean odd(Sample sample) {
        return sample.expectation().messageId().startsWith("ODD-");
    }

    @Test
    void sameSeedGivesTheSameBytesAndExpectations() throws IOException {
        List<Sample> again = new SampleTraffic(42).past(3000, NOW);
        assertThat(again).hasSameSizeAs(past);
        for (int i = 0; i < past.size(); i++) {
            assertThat(again.get(i).expectation()).isEqualTo(past.get(i).expectation());
            assertThat(Arrays.equals(bytes(again.get(i)), bytes(past.get(i)))).isTrue();
        }
    }

    @Test
    void everyOrderlyMessageKeepsTheContract() throws IOException {
        for (Sample sample : past) {
            if (!odd(sample)) {
                JsonNode json = JSON.readTree(bytes(sample));
                assertThat(FeedContract.violations(json)).as(json.toString()).isEmpty();
                assertThat(json.path("messageId").asText())
                        .isEqualTo(sample.expectation().messageId());
            }
        }
    }

    @Test
    void everyKindAndEveryOddCaseIsThereForBothNetworks() {
        for (String network : SampleTraffic.NETWORKS) {
            List<Sample> own =
                    past.stream().filter(one -> one.network().equals(network)).toList();
            assertThat(own.stream()
                            .filter(one -> !odd(one))
                            .map(one -> one.expectation().kind())
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(Kind.values());
            for (OddCase odd : OddCase.values()) {
                assertThat(own).anyMatch(one -> one.expectation().messageId().endsWith("-" + odd));
            }
        }
        long odd = past.stream().filter(SampleTrafficTest::odd).count();
        assertThat(odd).isBetween(60L, 180L);
    }

    @Test
    void idsAreDistinctExceptForWhatIsGivenTwiceOrCapturedTwice() {
        Set<String> ids = new HashSet<>();
        for (Sample sample : past) {
            String id = sample.expectation().messageId();
            String capture = id.endsWith(OddCase.TWO_PHONES.name())
                    ? id + sample.expectation().mailboxes()
                    : id;
            assertThat(ids.add(capture)).isEqualTo(!sample.again());
        }
    }

    @Test
    void anotherTrafficOfTheSameFeedSharesNeitherIdsNorAttachments() throws IOException {
        Set<String> ids =
                past.stream().map(one -> one.expectation().messageId()).collect(Collectors.toSet());
        Set<String> attachments = past.stream()
                .flatMap(one -> one.attachments().keySet().stream())
                .collect(Collectors.toSet());
        List<Sample> other = new SampleTraffic(7, SampleTraffic.NETWORKS, "BRANCH-").past(1_200, NOW);
        assertThat(other)
                .extracting(one -> one.expectation().messageId())
                .allMatch(id -> id.contains("BRANCH-"))
                .doesNotContainAnyElementsOf(ids);
        assertThat(attachments).isNotEmpty();
        assertThat(other)
                .flatExtracting(one -> one.attachments().keySet())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(attachments);
        for (Sample sample : other) {
            if (!sample.expectation().messageId().contains("ODD-")) {
                assertThat(JSON.readTree(bytes(sample)).path("messageId").asText())
                        .isEqualTo(sample.expectation().messageId());
            }
        }
    }

    @Test
    void receiptsAreInOrderWithinThePastTwentyHours() {
        assertThat(past.stream().map(Sample::received)).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(past.get(0).received()).isAfterOrEqualTo(NOW.minus(Duration.ofHours(20)));
        assertThat(past.get(past.size() - 1).received()).isBeforeOrEqualTo(NOW);
    }

    @Test
    void everyMessageIsExpectedSomewhere() {
        assertThat(past).allMatch(one -> one.expectation().availableForImport() > 0);
        assertThat(past).anyMatch(one -> !one.expectation().unmapped().isEmpty());
        assertThat(past).anyMatch(one -> one.expectation().mailboxes().size() > 2);
        assertThat(traffic.mailboxes())
                .containsAll(past.stream()
                        .flatMap(one -> one.expectation().mailboxes().stream())
                        .toList());
        assertThat(past.stream().map(one -> one.expectation().reason()).collect(Collectors.toSet()))
                .contains(Reason.TIME_OUT_OF_RANGE, Reason.TEXT_TOO_LARGE, Reason.ATTACHMENT_TOO_LARGE, null);
    }

    @Test
    void mappingHasOneRowPerIdAndOnlyValidNumbers() throws NumberParseException {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        for (String network : SampleTraffic.NETWORKS) {
            List<String> lines = traffic.mapping(network).lines().toList();
            assertThat(lines.get(0)).isEqualTo("External User ID,Microsoft 365 User Mailbox");
            assertThat(lines).doesNotHaveDuplicates().hasSizeGreaterThan(35);
            for (String line : lines.subList(1, lines.size())) {
                String id = line.substring(0, line.indexOf(','));
                if (id.startsWith("+")) {
                    assertThat(numbers.isPossibleNumber(numbers.parse(id, null)))
                            .as(id)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("org.chatarchiver.sandbox.FeedAccount#NETWORKS")
    void trafficCanBeHadOfEachNetworkAlone(String network) throws IOException {
        List<Sample> alone = new SampleTraffic(7, List.of(network)).past(50, NOW);
        assertThat(alone).hasSizeGreaterThan(45).allMatch(one -> one.network().equals(network));
        for (Sample sample : alone) {
            if (!odd(sample)) {
                assertThat(FeedContract.violations(JSON.readTree(bytes(sample))))
                        .isEmpty();
            }
        }
        assertThat(traffic.mapping(network).lines()).hasSizeGreaterThan(35);
    }

    @Test
    void moreComesEveryMinute() {
        Set<String> known =
                past.stream().map(one -> one.expectation().messageId()).collect(Collectors.toSet());
        List<Sample> more = traffic.next(NOW.plusSeconds(60));
        assertThat(more).hasSizeBetween(2, 12);
        assertThat(more).allMatch(one -> one.received().isAfter(NOW));
        assertThat(more).noneMatch(one -> known.contains(one.expectation().messageId()));
    }

    @Test
    void plainTextsGoToOneMailboxEach() throws IOException {
        List<String> mailboxes = PlainTraffic.mailboxes(20);
        List<Sample> texts = PlainTraffic.texts(1000, mailboxes, NOW.minusSeconds(3600), NOW);
        assertThat(texts).hasSize(1000).allMatch(one -> one.received().isBefore(NOW));
        assertThat(texts.stream()
                        .collect(Collectors.groupingBy(one -> one.expectation().mailboxes()))
                        .values())
                .hasSize(20)
                .allMatch(own -> own.size() == 50);
        assertThat(FeedContract.violations(JSON.readTree(bytes(texts.get(7))))).isEmpty();
        assertThat(PlainTraffic.mapping(mailboxes).lines()).hasSize(21);
    }
}
