-- What messages are found by: digests of owners, mailboxes and Message-IDs, each with the place of its message among all, the latest first
-- (SearchNames). Entered behind the archiving, many in their order at once: as indexes of the tables themselves they would cost it a third
-- of its speed.
create table search_name (
    name bigint not null,
    place bigint not null,
    message uuid not null,
    primary key (name, place, message)
);

-- Pages whose messages are still to be entered; of a ledger from before, all.
create table search_page (
    run varchar(40) not null,
    page integer not null,
    primary key (run, page)
);
insert into search_page (run, page) select run, number from page where state = 'DONE';
