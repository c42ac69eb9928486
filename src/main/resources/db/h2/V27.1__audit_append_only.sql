create trigger audit_entry_append_only before update, delete on audit_entry for each row call 'org.chatarchiver.audit.AppendOnly';
