-- What one archiver at a time does of those that work with this ledger. Whoever has died loses it when it lapses; the embedded one is alone
-- and has no row.
create table task_lease (
    task varchar(60) primary key,
    holder varchar(36) not null,
    holder_name varchar(255) not null,
    lease_until timestamp with time zone not null
);

-- What people call the machine or pod that it runs on.
alter table archiver add column name varchar(255) default '' not null;
-- SHA-256 of all that it last told of its route files, and since when it says the same; null until it has told.
alter table archiver add column routes varchar(64);
alter table archiver add column routes_since timestamp with time zone;

-- The route files of each.
create table archiver_route (
    worker varchar(36) not null references archiver on delete cascade,
    file varchar(400) not null,
    -- SHA-256 of the file.
    digest varchar(64) not null,
    -- Why it is not in force as it is; null where it is.
    problem varchar(1000),
    primary key (worker, file)
);
