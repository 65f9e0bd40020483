alter table data.site_row add column closed_on_holidays boolean not null default false;
comment on column data.site_row.closed_on_holidays is 'whether the public holidays of its country are closed days';

create table data.site_exception_row (
  site_id  text not null references data.site_row on delete cascade,
  date     date not null,
  hours    jsonb not null default '[]',
  reason   text not null default '',
  known_at timestamptz not null default now(),
  primary key (site_id, date)
);
comment on table data.site_exception_row is 'business days with other opening hours than their weekday has';
comment on column data.site_exception_row.hours is 'empty: closed';

create view data.site_exception with (security_barrier) as
  select * from data.site_exception_row where known_at <= data.as_of();

create table data.site_group_row (
  group_id text primary key check (group_id ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  name     text not null,
  sites    text[] not null,
  version  int not null default 1,
  known_at timestamptz not null default now()
);
comment on table data.site_group_row is 'sites that are spoken of together; one site may be in several groups';

create view data.site_group with (security_barrier) as
  select * from data.site_group_row where known_at <= data.as_of();
