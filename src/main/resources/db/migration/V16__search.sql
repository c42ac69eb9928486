-- What messages are found by (SearchLists): for a digest of an owner or a mailbox, and for a part of the Message-IDs, the messages of some
-- pages in one row. Entered behind the archiving, for many pages at once: an index on the tables themselves, which each message would touch
-- at a place of its own, costs a third of the speed of the ledger.
create table search_list (
    name bigint not null,
    -- Ascending, the latest come first.
    batch bigint not null,
    entries bytea not null,
    primary key (name, batch)
);

-- Pages whose messages are still to be entered; of a ledger from before, all.
create table search_page (
    run varchar(40) not null,
    page integer not null,
    primary key (run, page)
);
insert into search_page (run, page) select run, number from page where state = 'DONE';
