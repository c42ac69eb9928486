-- Until when somebody waits for a slot of the mailbox who has none of them.
alter table mailbox_notice add column starved_until timestamp with time zone;
