-- How many rows below the mark counts; null for a mark of an earlier version, which does not tell which folders were read through.
alter table verification add column mark_parts integer;

-- What a verification that goes on has met in the folders that it has read through, a part of it in each row; 8 bytes for each one. Gone with
-- its end.
create table verification_part (
    run varchar(40) not null,
    verification integer not null,
    number integer not null,
    -- Digests of the mailboxes that were read through, and of those that could not be searched.
    mailboxes bytea not null,
    unreachable bytea not null,
    -- Digests of items that are there.
    items bytea not null,
    primary key (run, verification, number),
    foreign key (run, verification) references verification
);
