-- Of which period a verification reads the connector's other mailboxes too, those that its mapping names and no run has delivered to; null for none.
alter table verification add column others_from timestamp with time zone;
alter table verification add column others_to timestamp with time zone;
