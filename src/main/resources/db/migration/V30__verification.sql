-- Runs that were held against what there is of them, one row for each time. Never removed: an earlier one tells what was there then.
create table verification (
    run varchar(40) not null references run,
    number integer not null,
    requested timestamp with time zone not null,
    requested_by varchar(200) not null,
    pages integer not null,
    pages_done integer not null,
    items bigint not null,
    items_done bigint not null,
    -- Of the items that are done with: whose mailbox could not be searched for them.
    items_unsearched bigint not null,
    -- How many differences of each kind: "KIND=1 KIND=2".
    kinds varchar(1000) not null,
    ended timestamp with time zone,
    -- Why it came to no end; null for one that did, or goes on.
    problem varchar(1000),
    primary key (run, number)
);

-- The first of its differences.
create table verification_difference (
    run varchar(40) not null,
    verification integer not null,
    number integer not null,
    kind varchar(30) not null,
    page integer,
    position bigint,
    mailbox varchar(1100),
    message_id varchar(1000),
    sentence varchar(1000) not null,
    primary key (run, verification, number),
    foreign key (run, verification) references verification
);
