-- Connections and requests for one mailbox are limited over all archivers that share a ledger: each needs a slot, which ends with its
-- archiver by the database's clock. Stays empty where the ledger is embedded.
create table mailbox_slot (
    mailbox varchar(400) not null,
    slot integer not null,
    worker varchar(36) not null,
    lease_until timestamp with time zone not null,
    primary key (mailbox, slot)
);
create index mailbox_slot_by_worker on mailbox_slot (worker);

-- What archivers tell each other of a mailbox: until when its server wants to be left alone, and until when somebody waits for a slot.
create table mailbox_notice (
    mailbox varchar(400) primary key,
    throttled_until timestamp with time zone,
    wanted_until timestamp with time zone
);
