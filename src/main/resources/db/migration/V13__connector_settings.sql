-- What a connector's file said last: an id stays with its network, and a schedule that was changed counts from then on.
alter table connector add column network varchar(40);
alter table connector add column schedule varchar(200);
alter table connector add column folder varchar(200);
-- Into which folder the run's e-mails go; null for runs from before this was kept, which go into their connector's.
alter table run add column folder varchar(200);
