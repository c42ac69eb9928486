-- When the route of its channel is told of an entry; null where it has been, and of the entries of before.
alter table channel_entry add column tell_at timestamp with time zone;
-- How often in a row that has failed.
alter table channel_entry add column tell_failed integer default 0 not null;
create index channel_entry_by_telling on channel_entry (channel, tell_at);
