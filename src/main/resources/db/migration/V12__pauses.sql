-- Since when, by whose wish and why nothing is collected for the connector; null where it is.
alter table connector add column paused_at timestamp with time zone;
alter table connector add column paused_by varchar(200);
alter table connector add column pause_reason varchar(500);
