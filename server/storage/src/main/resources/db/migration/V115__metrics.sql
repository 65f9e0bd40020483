create table data.metric_series (
  series_id  bigint generated always as identity primary key,
  metric     text not null check (metric ~ '^[a-z][a-z0-9_]{0,99}$'),
  labels     jsonb not null,
  site_id    text generated always as (labels ->> 'site') stored,
  created_at timestamptz not null default now(),
  last_at    timestamptz,
  last_value double precision,
  unique (metric, labels)
);
comment on table data.metric_series is 'which series there are: a metric and a value for each of its labels';
comment on column data.metric_series.last_at is 'the time of its latest point';

create table data.metric (
  metric text primary key,
  title  text not null default '',
  unit   text not null default ''
);
comment on column data.metric.unit is 'UCUM, or an ISO 4217 code for money; empty for a count';

create table data.metric_point (
  series_id bigint not null,
  at        timestamptz not null,
  value     double precision not null,
  primary key (series_id, at)
);
create index metric_point_age on data.metric_point using brin (at);
comment on table data.metric_point is 'points as they came; what is too old is rolled up and goes';

create table data.metric_rollup (
  series_id bigint not null,
  seconds   int not null check (seconds in (3600, 86400)),
  at        timestamptz not null,
  count     bigint not null,
  sum       double precision not null,
  min       double precision not null,
  max       double precision not null,
  last      double precision not null,
  primary key (series_id, at, seconds)
);
create index metric_rollup_age on data.metric_rollup using brin (at);
comment on table data.metric_rollup is 'what is left of points that went: hours, and days of older hours; at is where each begins';
