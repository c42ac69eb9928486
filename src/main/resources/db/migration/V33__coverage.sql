-- What a page has brought for the sums of captures by owner and day: written when the page is done, added to them behind the archiving, and
-- then gone. A page counts once, however often it is archived.
create table capture_count (
    run varchar(40) not null,
    page integer not null,
    days bytea not null,
    primary key (run, page)
);
alter table page add column counted boolean default false not null;
-- What was archived before is in no sum.
update page set counted = true where state <> 'LANDED';

-- Captures by the day (UTC) of the message and the owner of the device, as owners are compared; empty where he is not known.
create table capture_day (
    sent date not null,
    connector varchar(40) not null,
    owner varchar(200) not null,
    captures bigint not null,
    primary key (sent, connector, owner)
);
create index capture_day_by_owner on capture_day (owner, sent);

-- The same for all days.
create table capture_owner (
    connector varchar(40) not null,
    owner varchar(200) not null,
    -- As the source once gave it: what owners are compared by is not shown.
    shown varchar(1000) not null,
    first_day date not null,
    last_day date not null,
    captures bigint not null,
    primary key (connector, owner)
);
create index capture_owner_by_last_day on capture_owner (connector, last_day);

-- Rows of mapping files that a message has met, as digests of id and validity.
create table mapping_met (
    connector varchar(40) not null,
    mark bigint not null,
    primary key (connector, mark)
);

-- Who maps to nothing, from the open entries of the channel unmapped: grouped anew every half minute or so.
create table unmapped_person (
    connector varchar(40) not null,
    -- What all writings of a person have in common (a digest in it where it is long); empty for an owner who is not known.
    person varchar(1100) not null,
    participant varchar(1100) not null,
    -- The mailbox that is not there, where nothing but that is known of the person.
    mailbox varchar(1100),
    owner boolean not null,
    reason varchar(30) not null,
    entries bigint not null,
    first_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    primary key (connector, person)
);

-- Since when captures and rows that were met are counted: the time of this migration.
create table coverage_start (
    id integer primary key,
    since timestamp with time zone not null
);
insert into coverage_start (id, since) values (1, current_timestamp);
