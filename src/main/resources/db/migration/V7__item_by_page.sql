-- What is asked of the items of a page reads these alone, and not all of its run.
drop index item_by_run;
create index item_by_run on item (run, page);
