-- Connectors that are being added or changed, step by step; no password is kept here.
create table draft (
    id varchar(36) primary key,
    -- The id of the connector that it changes; null for one that it adds.
    replaces varchar(40),
    -- SHA-256 of that connector's file as it was then: what somebody else has changed since is not undone. Null for one that it adds.
    base varchar(64),
    connector varchar(200) not null,
    name varchar(200) not null,
    network varchar(40) not null,
    folder varchar(200) not null,
    schedule varchar(200) not null,
    username varchar(200) not null,
    mapping varchar(4000) not null,
    automatic boolean not null,
    -- What the source calls the account that took the log-in, and when; null where none has been taken.
    account varchar(200),
    account_checked timestamp with time zone,
    -- SHA-256 of the mapping file that was uploaded for it; null for none.
    csv varchar(64),
    started timestamp with time zone not null,
    started_by varchar(200) not null,
    changed timestamp with time zone not null,
    changed_by varchar(200) not null,
    -- One more with each change: what is finished is what was looked at.
    version bigint not null,
    finished timestamp with time zone,
    finished_by varchar(200),
    -- The file that is written, or to be committed; null until then.
    file varchar(200),
    -- Why its file is not written, so that it is to be committed; null where it is written.
    to_commit varchar(1000)
);
create index draft_by_change on draft (changed);

-- The processes that work with this ledger, by the last time that each was seen; the embedded one has a single process and no row.
create table archiver (
    worker varchar(36) primary key,
    seen timestamp with time zone not null
);
