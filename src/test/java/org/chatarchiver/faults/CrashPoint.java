package org.chatarchiver.faults;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Moments at which the archiver's process is killed. A point lies before or behind a call of a method; it is met when that was called so
 * often in one process. Behind a method that runs in a transaction means before its commit.
 */
enum CrashPoint {
    MAPPING_NOT_TAKEN_IN("mapping.MappingFiles", "accept", Side.BEFORE, 1),
    RUN_OPENED_NOTHING_POLLED("collect.PageFetch", "request", Side.BEFORE, 1),
    PAGE_STAGED_WITHOUT_A_NAME("landing.DirectoryStore", "publish", Side.BEFORE, 2),
    PAGE_NAMED_AND_NOBODY_TOLD("landing.DirectoryStore", "publish", Side.BEHIND, 3),
    PAGE_LANDED_NOT_RECORDED("collect.Collecting", "landed", Side.BEFORE, 2),
    PAGE_RECORDED_NOT_QUEUED("collect.Collecting", "landed", Side.BEHIND, 2),
    ATTACHMENT_LANDED_WITHOUT_POINTER("collect.AttachmentFetch", "pointer", Side.BEFORE, 1),
    ATTACHMENT_LANDED("collect.AttachmentFetch", "stage", Side.BEFORE, 2),
    MANIFEST_LANDED_RUN_NOT("ledger.Runs", "landed", Side.BEFORE, 1),
    RUN_LANDED_WATERMARK_NOT_MOVED("ledger.RunReports", "reach", Side.BEFORE, 1),

    RUN_TAKEN_UP_NOTHING_POLLED("recovery.Resuming", "poll", Side.BEFORE, 1) {
        @Override
        CrashPoint behind() {
            return PAGE_RECORDED_NOT_QUEUED;
        }
    },
    PAGE_ADOPTED_RUN_NOT_GONE_ON("ledger.Adoptions", "adopt", Side.BEHIND, 1) {
        @Override
        CrashPoint behind() {
            return PAGE_LANDED_NOT_RECORDED;
        }
    },

    SENDING_NOT_COMMITTED("ledger.Items", "register", Side.BEHIND, 1),
    FURTHER_CAPTURE_NOT_COMMITTED("ledger.CaptureRows", "insert", Side.BEHIND, 1),
    SENDING_RECORDED_NOTHING_SENT("msexchange.transport.imap.ImapTransport", "append", Side.BEFORE, 1),
    /** What was written before is more than the buffers hold, so the server has the beginning of a literal and not its end. */
    MULTIAPPEND_CUT_IN_A_LITERAL("msexchange.transport.imap.ImapAppender", "literal", Side.BEFORE, 5, "multiAppend") {
        @Override
        boolean applies(boolean multiAppend) {
            return multiAppend;
        }
    },
    MULTIAPPEND_SENT_NOT_ANSWERED(
            "org.eclipse.angus.mail.imap.protocol.IMAPProtocol", "readResponse", Side.BEFORE, 1, "multiAppend") {
        @Override
        boolean applies(boolean multiAppend) {
            return multiAppend;
        }
    },
    SOME_PIPELINED_APPENDS_ANSWERED("msexchange.transport.imap.ImapAppender", "settle", Side.BEHIND, 5) {
        @Override
        boolean applies(boolean multiAppend) {
            return !multiAppend;
        }
    },
    PIPELINED_APPENDS_SENT_NOT_ANSWERED("msexchange.transport.imap.ImapAppender", "receive", Side.BEFORE, 1) {
        @Override
        boolean applies(boolean multiAppend) {
            return !multiAppend;
        }
    },
    APPENDED_NOT_RECORDED("msexchange.transport.imap.ImapTransport", "append", Side.BEHIND, 2),
    OUTCOME_NOT_COMMITTED("ledger.Settlements", "write", Side.BEHIND, 2),
    OUTCOMES_RECORDED_PAGE_NOT_DONE("archive.Archiving", "done", Side.BEFORE, 1),
    OUTCOMES_RECORDED_INTENTS_NOT_ENDED("ledger.Intents", "end", Side.BEFORE, 1, "done"),
    ROWS_OF_INTENTS_NOT_COMMITTED("ledger.Intents", "rows", Side.BEHIND, 1),
    PAGE_DONE_RUN_NOT_ASKED("ledger.Pages", "done", Side.BEHIND, 2),
    FAILURE_NOT_IN_ITS_CHANNEL("ledger.FailureRows", "write", Side.BEFORE, 1),
    FAILURE_NOT_COMMITTED("ledger.FailureRows", "write", Side.BEHIND, 1),
    FAILURE_IN_ITS_CHANNEL("channel.ChannelPace", "wake", Side.BEFORE, 1),
    ENTRY_CLAIMED_NOT_TOLD("channel.ChannelTelling", "describe", Side.BEFORE, 1),
    ENTRY_TOLD_NOT_RECORDED("channel.ChannelTelling", "end", Side.BEFORE, 1),
    RUN_END_NOT_COMMITTED("ledger.Runs", "finished", Side.BEHIND, 1),
    RUN_ENDED_NOT_TOLD("archive.RunLog", "ended", Side.BEFORE, 1),

    /** Before the bytes that commit, where archivers share a ledger: for one that is stopped there. */
    AT_THE_FENCE("msexchange.transport.Fence", "check", Side.BEFORE, 1) {
        @Override
        boolean applies(boolean multiAppend) {
            return false;
        }
    },

    SWEPT_NOT_QUEUED("archive.Sweeping", "due", Side.BEHIND, 1) {
        @Override
        CrashPoint behind() {
            return SENDING_RECORDED_NOTHING_SENT;
        }
    },
    IN_DOUBT_FOUND_NOT_RECORDED("msexchange.transport.imap.ImapTransport", "find", Side.BEHIND, 1) {
        @Override
        CrashPoint behind() {
            return APPENDED_NOT_RECORDED;
        }
    },

    FURTHER_CAPTURE_RECORDED_NOTHING_SENT("msexchange.transport.imap.ImapTransport", "append", Side.BEFORE, 1) {
        @Override
        CrashPoint behind() {
            return FURTHER_CAPTURE_NOT_COMMITTED;
        }
    },
    FURTHER_CAPTURE_APPENDED_NOT_RECORDED("msexchange.transport.imap.ImapTransport", "append", Side.BEHIND, 1) {
        @Override
        CrashPoint behind() {
            return FURTHER_CAPTURE_NOT_COMMITTED;
        }
    },

    NEW_MAPPING_PUBLISHED_NOT_ACCEPTED("mapping.MappingFiles", "publish", Side.BEHIND, 1),
    REQUEUE_NOT_COMMITTED("ledger.Channels", "requeue", Side.BEHIND, 1),
    REQUEUED_NOT_ANSWERED("api.ChannelsController", "requeue", Side.BEHIND, 1),
    REQUEUED_MAPPED_FAILURE_NOT_REPLACED("ledger.Replacements", "replaced", Side.BEFORE, 1),
    REQUEUED_CAPTURE_MAPPED_NOT_MOVED("ledger.Replacements", "moved", Side.BEFORE, 1),

    NOTED_NOT_COMMITTED("audit.AuditNotes", "note", Side.BEHIND, 6),
    NOTES_NOT_APPENDED("audit.AuditChain", "append", Side.BEFORE, 2, "appendNotes"),
    AUDIT_APPENDED_NOTES_NOT_REMOVED("audit.AuditChain", "insert", Side.BEHIND, 2),
    AUDIT_APPENDED_HEAD_NOT_MOVED("audit.AuditChain", "move", Side.BEFORE, 1),
    AUDIT_APPENDED_NOT_COMMITTED("audit.AuditChain", "move", Side.BEHIND, 3),
    AUDIT_HEAD_READ_MANIFEST_NOT_LANDED("audit.AuditChain", "append", Side.BEHIND, 1, "land"),

    VERIFICATION_BEGUN_NO_FOLDER_READ("verify.FolderCheck", "answered", Side.BEFORE, 1),
    FOLDER_READ_NOT_MARKED("ledger.Verifications", "mark", Side.BEHIND, 1),
    FOLDER_MARKED_NEXT_ONE_READ("verify.FolderCheck", "answered", Side.BEHIND, 2),
    FOLDERS_READ_NOT_MARKED("verify.Verification", "foldersDone", Side.BEFORE, 1),
    AUDIT_VERIFIED_NOTHING_ELSE("verify.AuditTrail", "check", Side.BEHIND, 1),
    PAGES_VERIFIED_NOT_MARKED("verify.PageCheck", "done", Side.BEHIND, 3);

    enum Side {
        BEFORE,
        BEHIND
    }

    private final String owner;
    private final String method;
    private final Side side;
    private final int call;
    private final String within;

    CrashPoint(String owner, String method, Side side, int call) {
        this(owner, method, side, call, "");
    }

    /** @param within the method that must be under way in the same thread; empty for any */
    CrashPoint(String owner, String method, Side side, int call, String within) {
        this.owner = owner.startsWith("org.") ? owner : "org.chatarchiver." + owner;
        this.method = method;
        this.side = side;
        this.call = call;
        this.within = within;
    }

    String owner() {
        return owner;
    }

    String method() {
        return method;
    }

    Side side() {
        return side;
    }

    int call() {
        return call;
    }

    String within() {
        return within;
    }

    /** The point that must have killed a process before this one counts; null for none. */
    CrashPoint behind() {
        return null;
    }

    /** Whether it can be met with a server that has MULTIAPPEND, or with one that has not. */
    boolean applies(boolean multiAppend) {
        return true;
    }

    /** Whether the method is still there. */
    boolean exists() throws ClassNotFoundException {
        return Arrays.stream(Class.forName(owner, false, CrashPoint.class.getClassLoader())
                        .getDeclaredMethods())
                .map(Method::getName)
                .anyMatch(method::equals);
    }
}
