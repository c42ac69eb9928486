-- Participants whose address from the source could not be used: no failure, shown in the report of the run. Each once in a run, with the
-- messages in which it was so.
create table not_served (
    id uuid primary key,
    run varchar(40) not null,
    participant varchar(1000) not null,
    reason varchar(30) not null,
    detail varchar(1000) not null
);
create index not_served_by_run on not_served (run, id);

create table not_served_message (
    run varchar(40) not null,
    message uuid not null,
    -- A digest of what the participant is the same person by, so that each counts once for a message.
    person uuid not null,
    entry uuid not null,
    primary key (run, message, person)
);
