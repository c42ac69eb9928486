package org.chatarchiver.msexchange.transport.imap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The UIDs of an APPENDUID response code (RFC 4315): {@code <uidvalidity> <uid-set>}, the set such as {@code 4,6:9}. */
final class UidSet {
    private UidSet() {}

    /** As many UIDs as e-mails, in their order; zeros where the server gave none or another number of them. */
    static List<Long> of(ImapAnswer answer, int emails) {
        List<Long> unknown = Collections.nCopies(emails, 0L);
        String[] words = answer.arguments().split(" ");
        if (!answer.code().equals("APPENDUID") || words.length != 2) {
            return unknown;
        }
        try {
            List<Long> uids = parse(words[1], emails);
            return uids.size() == emails ? uids : unknown;
        } catch (NumberFormatException e) {
            return unknown;
        }
    }

    private static List<Long> parse(String set, int most) {
        List<Long> uids = new ArrayList<>();
        for (String range : set.split(",")) {
            String[] ends = range.split(":", 2);
            long first = Long.parseLong(ends[0]);
            long last = Long.parseLong(ends[ends.length - 1]);
            for (long uid = first; uid <= last && uids.size() <= most; uid++) {
                uids.add(uid);
            }
        }
        return uids;
    }
}
