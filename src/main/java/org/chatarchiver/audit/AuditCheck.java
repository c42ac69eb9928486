package org.chatarchiver.audit;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Holds the chain against itself, and against ends of it that were written down elsewhere. */
@Component
public class AuditCheck {
    private static final int MOST = 100;

    private final AuditLog log;
    private final AuditChain chain;

    AuditCheck(AuditLog log, AuditChain chain) {
        this.log = log;
        this.chain = chain;
    }

    /**
     * Where the chain is broken.
     *
     * @param seq of the entry that is wrong, or that is not there
     * @param sentence what is wrong with it
     */
    public record Break(long seq, String sentence) {}

    /**
     * Reads the whole chain, in memory that does not grow with it.
     *
     * @param witnesses ends of the chain that were written down, such as in the manifests of runs, each with where it stands
     * @return at most {@value #MOST}; empty where the chain is whole and the witnesses agree
     */
    public List<Break> check(Iterable<Witness> witnesses) {
        AuditHead before = chain.append();
        Walk walk = new Walk();
        log.each(AuditLog.Filter.ALL, walk::next);
        // More may have been appended meanwhile.
        walk.end(chain.head());
        walk.hear(new Witness("the ledger's own record of it", before), this);
        witnesses.forEach(witness -> walk.hear(witness, this));
        return walk.breaks;
    }

    /** An end of the chain that was written down at {@code place}. */
    public record Witness(String place, AuditHead head) {}

    private String hash(long seq) {
        return log.find(seq).map(AuditEntry::hash).orElse("");
    }

    private static final class Walk {
        private final List<Break> breaks = new ArrayList<>();
        private AuditHead last = AuditHead.NONE;

        private void next(AuditEntry entry) {
            if (entry.seq() > last.seq() + 1) {
                found(last.seq() + 1, "the entries " + (last.seq() + 1) + " to " + (entry.seq() - 1) + " are gone");
            } else if (!entry.previous().equals(last.hash())) {
                found(entry.seq(), "it does not follow the entry before, which was changed, put in, or replaced");
            }
            if (!entry.isSound()) {
                found(entry.seq(), "it is not as it was written");
            }
            last = new AuditHead(entry.seq(), entry.hash());
        }

        private void end(AuditHead now) {
            if (last.seq() > now.seq()) {
                found(now.seq() + 1, "it and what is behind it lie beyond the end of the chain, so others put them in");
            }
        }

        private void hear(Witness witness, AuditCheck entries) {
            AuditHead head = witness.head();
            String there = head.seq() == 0 ? head.hash() : entries.hash(head.seq());
            if (there.equals(head.hash())) {
                return;
            }
            // Looked for first: more may have been appended since the walk.
            if (there.isEmpty() && head.seq() > last.seq()) {
                found(
                        last.seq() + 1,
                        "the entries from here to " + head.seq() + " are gone, which " + witness.place() + " knew of");
            } else if (!there.isEmpty()) {
                found(head.seq(), "it is another than the one that " + witness.place() + " knew of");
            }
        }

        private void found(long seq, String sentence) {
            if (breaks.size() < MOST) {
                breaks.add(new Break(seq, "audit entry " + seq + ": " + sentence));
            }
        }
    }
}
