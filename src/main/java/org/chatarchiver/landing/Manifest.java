package org.chatarchiver.landing;

import java.time.Instant;
import java.util.List;
import org.chatarchiver.audit.AuditHead;

/**
 * What one run landed, written when its poll ends.
 *
 * @param from start of the window
 * @param to end of the window, not in it
 * @param started when the run began
 * @param ended when its poll ended
 * @param availableFromSource the source's own count; -1 where it gave none
 * @param audit the end of the audit log then, so that what is cut off it later is missed; null in those that were written before there was one
 */
public record Manifest(
        String connector,
        String run,
        Instant from,
        Instant to,
        Instant started,
        Instant ended,
        long availableFromSource,
        List<Page> pages,
        List<AttachmentPointer> attachments,
        AuditHead audit) {

    public Manifest {
        pages = List.copyOf(pages);
        attachments = List.copyOf(attachments);
    }

    /**
     * @param sha256 of the plain bytes
     * @param size plain bytes
     * @param messages elements in the page, malformed ones too
     */
    public record Page(String path, String sha256, long size, long messages) {}

    /** The sums, computed: they stand in the file, too. */
    public Totals getTotals() {
        return new Totals(
                pages.size(),
                pages.stream().mapToLong(Page::messages).sum(),
                pages.stream().mapToLong(Page::size).sum(),
                attachments.size());
    }

    /** @param bytes plain bytes of the pages */
    public record Totals(long pages, long messages, long bytes, long attachments) {}
}
