-- Whether a run of the schedule is owed: a time passed unused, and whatever the schedule says by now, that is made up for.
alter table connector add column owed boolean default false not null;
