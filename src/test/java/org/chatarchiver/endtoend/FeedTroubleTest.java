package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.sandbox.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed that does not answer with a page: what is waited for, what is asked again, and what ends a run. */
class FeedTroubleTest extends FeedTrouble {
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aPauseInSecondsIsKept(int status) {
        addMessages(3);
        bed.feed().fail(1, status, "2");
        Instant start = Instant.now();

        isComplete(bed.run(window), 3);

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aPauseUntilADateIsKept() {
        addMessages(3);
        Instant until = Instant.now().plusSeconds(3);
        bed.feed().fail(1, 503, DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));

        isComplete(bed.run(window), 3);

        // An HTTP date has no fractions of a second.
        assertThat(Instant.now()).isAfterOrEqualTo(until.minusSeconds(1));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aPauseAskedForIsNoTryLostForTheNextRequest() {
        addMessages(3);
        bed.feed().fail(2, 429, "0");
        bed.feed().fail(2, 503, null);

        isComplete(bed.run(window), 3);

        assertThat(requests()).isEqualTo(TRIES);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void aServerErrorIsTriedAgain(int status) {
        addMessages(3);
        bed.feed().fail(3, status, null);

        isComplete(bed.run(window), 3);

        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void aServerErrorThatDoesNotPassEndsTheRun() {
        addMessages(3);
        bed.feed().fail(TRIES, 500, null);

        hasFailed(bed.run(window), Reason.SOURCE_UNAVAILABLE, "500");

        assertThat(requests()).isEqualTo(TRIES);
        isComplete(bed.run(window), 3);
    }

    @ParameterizedTest
    @CsvSource({"401,SOURCE_UNAUTHORIZED", "403,SOURCE_FORBIDDEN", "404,SOURCE_REFUSED"})
    void aRefusalEndsTheRunAtOnce(int status, Reason reason) {
        addMessages(3);
        bed.feed().fail(1, status, null);

        hasFailed(bed.run(window), reason, Integer.toString(status));

        assertThat(requests()).isEqualTo(1);
        isComplete(bed.run(window), 3);
    }

    @Test
    void aRedirectIsNotFollowed() {
        addMessages(3);
        bed.feed().fault(1, Fault.redirect(bed.feed().baseUrl() + "/elsewhere"));

        hasFailed(bed.run(window), Reason.SOURCE_REDIRECT, "/elsewhere");

        assertThat(requests()).isEqualTo(1);
        assertThat(bed.feed().requests()).noneMatch(request -> request.path().startsWith("/elsewhere"));
    }

    @Test
    void aMissingPasswordFileEndsTheRunBeforeAnythingIsAsked() throws Exception {
        addMessages(3);
        Path password = bed.home().data().resolve("secrets/wechat/password");
        Path aside = folder.resolve("password");
        Files.move(password, aside);
        try {
            hasFailed(bed.run(window), Reason.PASSWORD_MISSING, "password");
        } finally {
            Files.move(aside, password);
        }
        assertThat(requests()).isZero();
        isComplete(bed.run(window), 3);
    }
}
