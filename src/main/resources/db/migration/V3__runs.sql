-- Which process holds the connector's lease: a run goes on under its own id after its archiver died, so the id alone does not tell.
alter table connector add column lease_holder varchar(40);

-- Until when a poll waits before it asks the source again, and for what.
alter table run add column waits_until timestamp with time zone;
alter table run add column waits_for varchar(1000);

-- The run that was started because somebody has requeued the entry of a failed poll; null while it is still to be started.
alter table channel_entry add column polled varchar(40);

-- A replay's items count in reports as before it, until all of them have an outcome; an older replay has none left to wait for.
alter table replay add column finished timestamp with time zone;
update replay set finished = requested;
alter table replay_item add column was varchar(10);
alter table replay_item add column was_reason varchar(30);
