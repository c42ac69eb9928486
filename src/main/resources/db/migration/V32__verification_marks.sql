-- Mailboxes whose folders were read through, of those that the run has delivered to.
alter table verification add column mailboxes integer default 0 not null;
alter table verification add column mailboxes_done integer default 0 not null;
-- From where it goes on if its archiver dies: pages, items, items that were not looked for, and places of differences, then the kinds as above.
alter table verification add column mark varchar(1100);
create index verification_by_end on verification (ended);
