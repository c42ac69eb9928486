-- The mapping of each connector that was ever given one; its row is locked by whoever gives another, so that each counts against the one before.
create table mapping (
    connector varchar(40) primary key,
    -- The number of the latest version, whatever became of it.
    latest bigint not null,
    -- That of the version by which messages are mapped; null where none was ever accepted.
    in_force bigint,
    -- SHA-256 of the file on an archiver's disk that was taken or refused last, or found to be what is in force: it does not come again
    -- at another archiver.
    file varchar(64)
);

-- Each mapping file that was given, whole in the landing zone; never changed, never removed.
create table mapping_version (
    connector varchar(40) not null references mapping,
    -- From 1 up, in the order in which the ledger took them.
    number bigint not null,
    -- Of the plain bytes, and how many they are.
    sha256 varchar(64) not null,
    size bigint not null,
    -- In the landing zone.
    path varchar(300) not null,
    -- FILE on an archiver's disk, UPLOAD by somebody, RESTORED from an earlier version.
    origin varchar(10) not null,
    -- By the database's clock.
    given timestamp with time zone not null,
    given_by varchar(200) not null,
    -- Rows in all, and held against the version that was in force before; null where it is refused.
    row_count integer,
    rows_added integer,
    rows_changed integer,
    rows_removed integer,
    -- Why it is refused; null where it is not.
    refused varchar(1000),
    primary key (connector, number)
);
create index mapping_version_by_digest on mapping_version (connector, sha256, number);
