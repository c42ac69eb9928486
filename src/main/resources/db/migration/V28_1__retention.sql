-- What of the run is still kept: ALL, or what the ledger tells of it and no more its pages in the landing zone (LEDGER), or only what its
-- messages are known by (IDENTITIES).
alter table run add column kept varchar(10) default 'ALL' not null;
create index run_by_retention on run (connector, kept, id);

-- Who removes what is older than it is to be kept, one archiver at a time. Its one row is locked by whoever decides what goes, and by whoever
-- sets a hold, replays a run or opens an entry again: what is held, or needed again, has not gone a moment later.
create table retention (
    id integer primary key,
    worker varchar(36),
    worker_until timestamp with time zone
);
insert into retention (id) values (1);

-- Whom a page concerns, as digests of 64 bits: a hold on a person is held against these once the page itself is gone, and before that
-- without reading it again.
create table page_parties (
    run varchar(40) not null,
    page integer not null,
    parties bytea not null,
    -- Some of it could not be understood, so that it may concern anybody.
    unclear boolean not null,
    primary key (run, page)
);

-- Pages that retention has removed; path, digest, size and number of messages stay in the table page.
create table page_removal (
    run varchar(40) not null,
    page integer not null,
    -- When it was decided.
    marked timestamp with time zone not null,
    -- When the bytes were gone; null while they are on their way out.
    removed timestamp with time zone,
    -- When what the ledger told of it was gone, and how many entries of the channels that were; null while it is there.
    details timestamp with time zone,
    entries bigint,
    primary key (run, page)
);
create index page_removal_by_end on page_removal (removed);

-- The same of what lay beside the pages of a run: attachments, and what was no page.
create table run_removal (
    run varchar(40) primary key,
    marked timestamp with time zone not null,
    removed timestamp with time zone,
    objects bigint
);
create index run_removal_by_end on run_removal (removed);
