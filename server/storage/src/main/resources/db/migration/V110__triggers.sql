create table segue.trigger (
  trigger_id   text primary key check (trigger_id ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  kind         text not null,
  workflow_id  text not null,
  title        text not null,
  mode         text not null check (mode in ('live', 'simulated')),
  variables    jsonb not null default '{}',
  settings     jsonb not null,
  origin       text not null check (origin in ('package', 'api')),
  paused       boolean not null default false,
  paused_by    text,
  paused_at    timestamptz,
  pause_reason text not null default '',
  version      int not null default 1,
  created_by   text not null,
  created_at   timestamptz not null,
  changed_by   text not null,
  changed_at   timestamptz not null
);
create index trigger_workflow on segue.trigger (workflow_id);
comment on column segue.trigger.settings is 'what its kind alone understands';
comment on column segue.trigger.origin is 'package: it came with its workflow and changes with it';

create table segue.trigger_firing (
  firing_id    bigint generated always as identity primary key,
  trigger_id   text not null,
  site_id      text,
  firing_key   text not null,
  workflow_id  text not null,
  due_at       timestamptz not null,
  decided_at   timestamptz not null,
  outcome      text not null check (outcome in ('started', 'skipped', 'queued', 'refused')),
  reason       text not null default '',
  start_id     uuid not null,
  variables    jsonb,
  business_key text,
  unique nulls not distinct (trigger_id, site_id, firing_key)
);
create index trigger_firing_listing on segue.trigger_firing (trigger_id, firing_id desc);
create index trigger_firing_started on segue.trigger_firing (trigger_id, site_id, firing_id desc)
  where outcome = 'started';
create index trigger_firing_queued on segue.trigger_firing (firing_id) where outcome = 'queued';
create index trigger_firing_age on segue.trigger_firing (decided_at);
comment on table segue.trigger_firing is 'what became of each moment at which a trigger was to start a run, once for a key';
comment on column segue.trigger_firing.firing_key is 'the due instant of a schedule, the id of an event: the same key is the same firing';
comment on column segue.trigger_firing.start_id is 'the id of the run, whether or not it was started; made of trigger, site and key';
comment on column segue.trigger_firing.variables is 'what the run will begin with, while it is queued';

create table segue.trigger_switch (
  one        boolean primary key default true check (one),
  paused     boolean not null default false,
  changed_by text,
  changed_at timestamptz,
  reason     text not null default ''
);
insert into segue.trigger_switch default values;
comment on table segue.trigger_switch is 'whether all triggers are paused';
