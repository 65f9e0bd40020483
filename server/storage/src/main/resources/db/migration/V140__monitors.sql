alter table data.metric_series add column changed_tx xid8 not null default pg_current_xact_id();
create index metric_series_changed on data.metric_series (changed_tx);
comment on column data.metric_series.changed_tx is 'which transaction wrote its latest point: who follows reads on from the oldest that was open';

create table segue.monitor_group (
  trigger_id   text not null,
  group_key    text not null,
  labels       jsonb not null,
  phase        text not null,
  since        timestamptz not null,
  evaluated_at timestamptz not null,
  state        jsonb not null,
  primary key (trigger_id, group_key)
);
create index monitor_group_phase on segue.monitor_group (trigger_id, phase);
comment on table segue.monitor_group is 'where each group of a monitor stands; all that a server needs to go on watching';

create table segue.monitor_silence (
  silence_id bigint generated always as identity primary key,
  trigger_id text not null,
  labels     jsonb not null default '{}',
  starts_at  timestamptz not null,
  ends_at    timestamptz not null check (ends_at > starts_at),
  reason     text not null,
  author     text not null,
  created_at timestamptz not null default now()
);
create index monitor_silence_of on segue.monitor_silence (trigger_id, ends_at);
comment on table segue.monitor_silence is 'when alerts of a monitor start no runs, for groups that have these labels';
