package org.chatarchiver.msexchange.transport.imap;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.eclipse.angus.mail.imap.protocol.UIDSet;

/**
 * Tells what is in a folder, which is opened read-only, by UID: a SEARCH by dates over a range of UIDs, and the two headers of what it has
 * found. A range keeps an answer short, however large the folder is.
 */
final class ImapListing {
    /** E-mails in one part. */
    static final int MOST = 1_000;

    private static final long FIRST_RANGE = 4 * MOST;
    private static final long WIDEST_RANGE = 1L << 18;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);
    private static final String HEADERS = "UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE)]";

    private final ImapConnection connection;
    /** Of receipt, and of the header: who copies an e-mail may keep either. */
    private final List<String> dates;

    private ImapListing(ImapConnection connection, Listing listing) {
        this.connection = connection;
        // SEARCH heeds no time and no time zone (RFC 3501 section 6.4.4), so that a day is added at each end.
        String from = DATE.format(day(listing.from()).minusDays(1));
        String before = DATE.format(day(listing.until()).plusDays(2));
        this.dates = List.of("SINCE " + from + " BEFORE " + before, "SENTSINCE " + from + " SENTBEFORE " + before);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    static Listed.Part list(ImapConnection connection, ImapFolders folders, String name, Listing listing)
            throws IOException, TransportException {
        if (!folders.exists(connection, name)) {
            return new Listed.Part(List.of(), null);
        }
        try {
            MailboxInfo folder = connection.examine(name);
            Listed.Part part = new ImapListing(connection, listing).part(folder, Place.of(listing.behind(), folder));
            connection.leave();
            return part;
        } catch (ProtocolException e) {
            throw ImapFolders.lostOrRefused(e);
        }
    }

    /** @param uid the first that has not been told */
    private record Place(long validity, long uid) {
        static Place of(String behind, MailboxInfo folder) throws TransportException {
            if (behind == null) {
                return new Place(folder.uidvalidity, 1);
            }
            int dot = behind.indexOf('.');
            if (Long.parseLong(behind.substring(0, dot)) != folder.uidvalidity) {
                throw TransportError.passing(Fault.UNAVAILABLE, "the folder was made anew while it was read")
                        .thrown();
            }
            return new Place(folder.uidvalidity, Long.parseLong(behind.substring(dot + 1)));
        }

        Place at(long other) {
            return new Place(validity, other);
        }

        @Override
        public String toString() {
            return validity + "." + uid;
        }
    }

    private Listed.Part part(MailboxInfo folder, Place place) throws IOException, TransportException {
        long first = place.uid();
        for (long width = FIRST_RANGE; folder.total > 0; width = Math.min(2 * width, WIDEST_RANGE)) {
            boolean last = folder.uidnext <= 0 || first + width >= folder.uidnext;
            SortedSet<Long> uids = search(first, last ? "*" : String.valueOf(first + width - 1));
            boolean more = uids.size() > MOST;
            List<Long> told = uids.stream().limit(MOST).toList();
            long end = more ? told.get(MOST - 1) + 1 : first + width;
            if (!told.isEmpty() || last) {
                return new Listed.Part(
                        headers(told), last && !more ? null : place.at(end).toString());
            }
            first = end;
        }
        return new Listed.Part(List.of(), null);
    }

    private SortedSet<Long> search(long first, String last) throws IOException, TransportException {
        SortedSet<Long> uids = new TreeSet<>();
        for (String criterion : dates) {
            ImapAnswer answer = connection.ask("UID SEARCH UID " + first + ":" + last + " " + criterion, response -> {
                if (response instanceof IMAPResponse data && data.keyEquals("SEARCH")) {
                    for (long uid = data.readLong(); uid > 0; uid = data.readLong()) {
                        // A range to the end has the last one always.
                        if (uid >= first) {
                            uids.add(uid);
                        }
                    }
                }
            });
            if (!answer.ok()) {
                throw ImapFaults.ofSearch(answer).thrown();
            }
        }
        return uids;
    }

    private List<Listed.Header> headers(List<Long> uids) throws IOException, TransportException {
        List<Listed.Header> headers = new ArrayList<>();
        if (uids.isEmpty()) {
            return headers;
        }
        String set = UIDSet.toString(
                UIDSet.createUIDSets(uids.stream().mapToLong(Long::longValue).toArray()));
        ImapAnswer answer = connection.ask("UID FETCH " + set + " (" + HEADERS + ")", response -> {
            if (response instanceof FetchResponse data) {
                UID uid = data.getItem(UID.class);
                BODY header = data.getItem(BODY.class);
                if (uid != null && header != null && header.getByteArray() != null) {
                    headers.add(header(uid.uid, header.getByteArrayInputStream(), data.getItem(INTERNALDATE.class)));
                }
            }
        });
        if (!answer.ok()) {
            throw ImapFaults.ofSearch(answer).thrown();
        }
        return headers;
    }

    private static Listed.Header header(long uid, ByteArrayInputStream content, INTERNALDATE received) {
        String messageId = null;
        Instant sent = null;
        try {
            InternetHeaders headers = new InternetHeaders(content);
            messageId = headers.getHeader("Message-ID", null);
            String date = headers.getHeader("Date", null);
            sent = date == null ? null : new MailDateFormat().parse(date).toInstant();
        } catch (MessagingException | ParseException e) {
            // A header that cannot be read is none of ours.
        }
        return new Listed.Header(
                String.valueOf(uid),
                messageId == null ? "" : messageId.strip(),
                received == null || received.getDate() == null
                        ? null
                        : received.getDate().toInstant(),
                sent);
    }
}
