-- People's sessions, for every archiver that works with this ledger. The names of the columns are Spring Session's.
create table console_session (
    primary_id char(36) primary key,
    -- SHA-256 of what the browser's cookie holds: who reads it here cannot come by it.
    session_id char(64) not null,
    -- Epoch milliseconds.
    creation_time bigint not null,
    last_access_time bigint not null,
    -- Seconds.
    max_inactive_interval integer not null,
    expiry_time bigint not null,
    -- Not used.
    principal_name varchar(100)
);
create unique index console_session_by_cookie on console_session (session_id);
create index console_session_by_expiry on console_session (expiry_time);

-- Who has logged in, when, and what the next page tells; each as text of its own form, never a Java object.
create table console_session_attributes (
    session_primary_id char(36) not null references console_session on delete cascade,
    attribute_name varchar(200) not null,
    attribute_bytes bytea not null,
    primary key (session_primary_id, attribute_name)
);

-- Random keys that all archivers with this ledger use alike, as for what one has sealed and another opens.
create table shared_key (
    name varchar(40) primary key,
    value bytea not null
);
