-- Until when a page is believed to stand in the page queue: meanwhile it is not queued again. Null where it does not stand there.
alter table page add column queued_until timestamp with time zone;
