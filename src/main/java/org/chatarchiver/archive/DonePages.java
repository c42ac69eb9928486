package org.chatarchiver.archive;

import java.util.List;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.MetRows;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.mapping.MappingFile;
import org.chatarchiver.mapping.Mappings;
import org.springframework.stereotype.Component;

/** Records that every item of a page has an outcome, and what the page tells of who is archived. */
@Component
class DonePages {
    private final Pages pages;
    private final DryCounts dryCounts;
    private final MetRows metRows;

    DonePages(Pages pages, DryCounts dryCounts, MetRows metRows) {
        this.pages = pages;
        this.dryCounts = dryCounts;
        this.metRows = metRows;
    }

    void done(PageWork work) {
        if (work.run().dry()) {
            dryCounts.replace(work.page(), work.dry());
            pages.done(work.page());
        } else {
            // First: a page that is not done yet, as after a crash, comes here again.
            tell(work);
            pages.done(work.page(), work.sightings().captures());
        }
    }

    private void tell(PageWork work) {
        List<MappingFile.MetRow> rows = work.sightings().rows();
        if (!rows.isEmpty() && work.mapping() instanceof Mappings.Current.InUse inUse) {
            metRows.add(
                    work.connector().id(),
                    rows.stream().map(MappingFile.MetRow::mark).toList());
            inUse.file().told(rows);
        }
    }
}
