-- Administrators who have taken a decision back. One for each time; never changed, never removed.
create table reopening (
    decision bigint primary key references decision,
    reopened timestamp with time zone not null,
    reopened_by varchar(200) not null,
    why varchar(500) not null
);

-- The last one of the entry; null where there is none.
alter table channel_entry add column reopened timestamp with time zone;
alter table channel_entry add column reopened_by varchar(200);
alter table channel_entry add column reopened_why varchar(500);
