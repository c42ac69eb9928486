-- As the key stands in met_again, capture, replay_item, channel_entry and intent, too. The archiver reads and writes it in one place.
comment on column item.target is 'The address of a mailbox, behind a blank where it begins with "!"; or "!" and a participant who has no mailbox (ItemTarget)';
