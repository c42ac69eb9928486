package org.chatarchiver.telemessage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Printable;

/**
 * Where the feed is: https, or http on this very machine. Credentials go nowhere else.
 *
 * @param base without a slash at its end
 */
public record FeedAddress(URI base) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    private static final Pattern DOTS = Pattern.compile("(?i)(\\.|%2e){1,2}");
    private static final int LONGEST_HREF = 2_000;

    /**
     * @throws IllegalArgumentException where the URL would send the password in the clear, holds a user name or password itself, or is
     *     none; the message names the value and the cure
     */
    public static FeedAddress of(String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "archiver.telemessage.base-url is not set: it is the address of the TeleMessage feed, such as https://host[:port][/path]");
        }
        URI uri = parse(url.strip()).orElseThrow(() -> bad(url, "is no URL: give it as https://host[:port][/path]"));
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() != null && !(scheme.equals("https") || scheme.equals("http"))) {
            throw bad(
                    url,
                    "begins with " + Printable.of(scheme)
                            + "://, by which the feed cannot be asked: only https:// is taken, and http:// for this machine");
        }
        if (uri.getHost() == null) {
            throw bad(url, "is no URL: give it as https://host[:port][/path]");
        }
        if (uri.getRawUserInfo() != null) {
            // Not shown: it may well be a password.
            throw new IllegalArgumentException(
                    "archiver.telemessage.base-url holds a user name or password: take everything"
                            + " before the @ out; the password belongs into <archiver.data>/secrets/<connector>/password");
        }
        if (scheme.equals("http")
                && !LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches()) {
            throw bad(url, "would send the password in the clear: use https:// (http:// is for this machine only)");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad(url, "must end before the ? or #");
        }
        return new FeedAddress(URI.create(uri.toString().replaceAll("/+$", "")));
    }

    /** To be fetched from the feed where the href stays on its scheme, host and port; absent as foreign otherwise. */
    public Content content(String href) {
        return resolve(href).isPresent()
                ? new Content.Remote(href)
                : new Content.Absent(Content.Why.FOREIGN_HREF, -1, "");
    }

    /** The absolute URI of an attachment; empty where it would leave the feed. */
    Optional<URI> resolve(String href) {
        if (href.isEmpty() || href.length() > LONGEST_HREF || href.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        return parse(href).map(URI.create(base + "/")::resolve).filter(this::isOurs);
    }

    private boolean isOurs(URI uri) {
        return !uri.isOpaque()
                && base.getScheme().equalsIgnoreCase(uri.getScheme())
                && base.getHost().equalsIgnoreCase(uri.getHost())
                && port(base) == port(uri)
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && Pattern.compile("/").splitAsStream(uri.getRawPath()).noneMatch(part -> DOTS.matcher(part)
                        .matches());
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException bad(String url, String cure) {
        return new IllegalArgumentException(
                "archiver.telemessage.base-url " + Printable.quoted(String.valueOf(url)) + " " + cure);
    }
}
