-- Whose device captured the message first, in the form in which owners are compared; null where it was met before that was recorded.
alter table message add column owner_key varchar(200);
-- Seen from that device: In, Out, or empty; null where it was met before that was recorded.
alter table message add column direction varchar(3);

-- Every further capture of a revision; the first one stands in its row of the table message.
create table capture (
    message uuid not null references message,
    owner varchar(200) not null,
    msisdn varchar(1000) not null,
    run varchar(40) not null,
    page integer not null,
    position bigint not null,
    -- The item that its owner came to.
    target varchar(1100) not null,
    -- Whether that item is its doing: else the message was there already.
    added boolean not null,
    primary key (message, owner)
);
create index capture_by_run on capture (run);

-- Captures that a run met although another run met them first.
create table capture_met_again (
    run varchar(40) not null,
    message uuid not null,
    owner varchar(200) not null,
    primary key (run, message, owner)
);
insert into capture_met_again (run, message, owner) select distinct run, message, '' from met_again;
