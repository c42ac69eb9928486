-- Since when what the ledger told of a run as a whole is on its way out; null while it is all there. From then on the rows that some of its
-- totals were counted from may be fewer than these.
alter table run_removal add column details timestamp with time zone;

-- Of pages that are gone, those of which the ledger still tells, by when they went.
create index page_removal_by_details on page_removal (details, removed);
