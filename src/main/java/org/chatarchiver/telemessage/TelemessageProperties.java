package org.chatarchiver.telemessage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.chatarchiver.ledger.Reason;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the feed is polled and read.
 *
 * @param baseUrl where {@code /archive/v1/...} is: https, or http on this machine only. Required
 * @param pageLimit messages asked for per page
 * @param settle how long the end of a window stays behind now; also the deviation of the feed's clock that is let pass
 * @param overlap how much before the watermark is read again for late arrivals
 * @param retention how long the feed keeps messages
 * @param connectTimeout time until a connection stands
 * @param readTimeout time without a byte
 * @param bodyTimeout time from the first byte of an answer to its last
 * @param maxPage bytes of a page, inflated
 * @param maxDownload bytes of an attachment that is fetched by itself, inflated; an item with a larger one waits in undeliverable
 * @param maxPages pages of one window; more end the run with TOO_MANY_PAGES
 * @param maxEmptyPages pages without a message, in a row, that are followed by yet another one; more end the run with TOO_MANY_PAGES
 * @param spoolThreshold inline attachments of up to so many bytes are held in memory while their message is in work, larger ones on disk
 * @param maxAttachment inline attachments of more bytes are only counted and hashed
 */
@ConfigurationProperties("archiver.telemessage")
@Validated
public record TelemessageProperties(
        String baseUrl,
        @DefaultValue("1000") @Min(1) @Max(10_000) int pageLimit,
        @DefaultValue("5m") @DurationMin Duration settle,
        @DefaultValue("1h") @DurationMin Duration overlap,
        @DefaultValue("7d") @DurationMin(hours = 1) Duration retention,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration connectTimeout,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration readTimeout,
        @DefaultValue("30m") @DurationMin(millis = 1) Duration bodyTimeout,
        @DefaultValue("4GB") DataSize maxPage,
        @DefaultValue("2GB") DataSize maxDownload,
        @DefaultValue("10000") @Min(1) int maxPages,
        @DefaultValue("100") @Min(1) int maxEmptyPages,
        @DefaultValue("64KB") DataSize spoolThreshold,
        @DefaultValue("64MB") DataSize maxAttachment,
        @DefaultValue @Valid Retry retry) {

    /** Refuses to start with an address that the password must not be sent to. */
    public TelemessageProperties {
        FeedAddress.of(baseUrl);
    }

    /**
     * Tries of one request.
     *
     * @param initial pause before the second try, doubled from try to try
     * @param max longest pause that the archiver chooses itself; {@code Retry-After} may ask for up to an hour
     * @param retries tries after the first
     * @param refused pause before a connector's attachments are asked for again once the feed has refused its account: repeating that
     *     could lock it
     */
    public record Retry(
            @DefaultValue("1s") @DurationMin(millis = 1) Duration initial,
            @DefaultValue("1m") @DurationMin(millis = 1) Duration max,
            @DefaultValue("7") @Min(0) @Max(100) int retries,

            @DefaultValue("5m") @DurationMin(seconds = 1) Duration refused) {}

    public FeedAddress feed() {
        return FeedAddress.of(baseUrl);
    }

    public Windows windows() {
        return new Windows(settle, overlap, retention);
    }

    /** What a page may take. */
    public FeedBody.Bounds page() {
        return new FeedBody.Bounds(
                maxPage.toBytes(), Reason.PAGE_TOO_LARGE, "lower archiver.telemessage.page-limit", bodyTimeout);
    }

    /** What an attachment by href may take. */
    public FeedBody.Bounds attachment() {
        return new FeedBody.Bounds(
                maxDownload.toBytes(),
                Reason.DOWNLOAD_TOO_LARGE,
                "raise archiver.telemessage.max-download",
                bodyTimeout);
    }

    public PageReader.Settings reader() {
        return new PageReader.Settings(feed(), Math.toIntExact(spoolThreshold.toBytes()), maxAttachment.toBytes());
    }
}
