package org.chatarchiver.setup;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.chatarchiver.message.Printable;
import org.chatarchiver.setup.AccountCheck.Answer;
import org.chatarchiver.telemessage.FeedAddress;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedUnavailableException;

/** Why there was no answer, in sentences for whoever sets a connector up. */
final class AccountTroubles {
    private static final String ADDRESS = "archiver.telemessage.base-url";

    private final FeedAddress feed;

    AccountTroubles(FeedAddress feed) {
        this.feed = feed;
    }

    Answer.Unavailable of(Throwable failure) {
        URI base = feed.base();
        String host = Printable.quoted(base.getHost());
        if (failure instanceof FeedUnavailableException) {
            return new Answer.Unavailable(
                    AccountAnswers.place(feed)
                            + " gave an answer that is cut off or damaged: try again; where that goes on, check what stands between.");
        }
        if (failure instanceof FeedException known) {
            return new Answer.Unavailable(
                    AccountAnswers.place(feed) + " gave no account: " + Printable.of(known.getMessage()) + ".");
        }
        if (failure instanceof UnknownHostException) {
            return new Answer.Unavailable("The host " + host + " is not known by its name: check " + ADDRESS
                    + ", and the names that the archiver's machine can look up.");
        }
        if (failure instanceof ConnectTimeoutException) {
            return new Answer.Unavailable("No connection to " + base + " came about in time: check " + ADDRESS
                    + ", and whether a firewall is in the way.");
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return new Answer.Unavailable(
                    "Nothing answers at " + base + ": check " + ADDRESS + ", and whether a firewall is in the way.");
        }
        if (failure instanceof SSLException) {
            return new Answer.Unavailable(
                    isUntrusted(failure)
                            ? "The certificate of " + host + " is refused, and no password was sent: check " + ADDRESS
                                    + ", or have Java trust who issued it (" + Printable.of(failure.getMessage()) + ")."
                            : "No TLS connection to " + base + " came about (" + Printable.of(failure.getMessage())
                                    + "): check " + ADDRESS + ", and what stands between.");
        }
        if (failure instanceof SocketTimeoutException) {
            return new Answer.Unavailable(
                    AccountAnswers.place(feed) + " is silent: try again; where that goes on, ask TeleMessage.");
        }
        return new Answer.Unavailable(AccountAnswers.place(feed) + " broke the connection off ("
                + failure.getClass().getSimpleName() + "): try again; where that goes on, check what stands between.");
    }

    Answer.Unavailable tooSlow(long seconds) {
        return new Answer.Unavailable(AccountAnswers.place(feed) + " has not answered in full within " + seconds
                + " s: try again; where that goes on, ask TeleMessage.");
    }

    private static boolean isUntrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }
}
