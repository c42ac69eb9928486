-- Whether a page was asked to be entered for the search, with all that has come of it: one that is archived again, as for a next try,
-- has nothing new to be found by.
alter table page add column named boolean default true not null;
alter table page alter column named set default false;
update page set named = false where state <> 'DONE';
