-- Which landing zone this ledger belongs to, by the name that stands in it, too. One row, written once.
create table landing_zone (
    id integer primary key check (id = 1),
    zone varchar(36) not null,
    noted timestamp with time zone not null
);
