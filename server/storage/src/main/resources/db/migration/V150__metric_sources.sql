alter table data.metric add column description text not null default '';

create table segue.metric_source (
  source_id    text primary key check (source_id ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  kind         text not null check (kind in ('sql', 'plugin')),
  definition   jsonb not null,
  paused       boolean not null default false,
  paused_by    text,
  paused_at    timestamptz,
  pause_reason text not null default '',
  version      int not null,
  changed_by   text not null,
  changed_at   timestamptz not null,
  due_at       timestamptz not null,
  lease        uuid,
  lease_until  timestamptz,
  collected_to timestamptz,
  last         jsonb
);
create index metric_source_due on segue.metric_source (due_at) where not paused;
comment on table segue.metric_source is 'where points are fetched from, and when next';
comment on column segue.metric_source.lease is 'of the server that is at it; after lease_until it is taken for dead, and another one does it again';
comment on column segue.metric_source.collected_to is 'the end of the last period that was fetched without an error';
comment on column segue.metric_source.last is 'what became of the last attempt';
