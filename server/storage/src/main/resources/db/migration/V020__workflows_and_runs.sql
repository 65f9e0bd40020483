create table segue.workflow (
  workflow_id    text primary key,
  title          text not null,
  description    text not null default '',
  paused         boolean not null default false,
  latest_version int not null,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
comment on column segue.workflow.workflow_id is 'the BPMN process id';

create table segue.workflow_version (
  workflow_id            text not null references segue.workflow,
  version                int not null,
  process_definition_key bigint not null unique,
  package_hash           bytea not null,
  diagram                text not null,
  settings               jsonb not null default '{}',
  step_types             text[] not null,
  findings               jsonb not null default '[]',
  deployed_by            text not null,
  deployed_at            timestamptz not null default now(),
  primary key (workflow_id, version)
);
create index workflow_version_steps on segue.workflow_version using gin (step_types);

create table segue.workflow_resource (
  workflow_id text not null,
  version     int not null,
  name        text not null,
  kind        text not null check (kind in ('diagram', 'form', 'decision', 'settings', 'scenario', 'other')),
  resource_id text,
  content     bytea not null,
  primary key (workflow_id, version, name),
  foreign key (workflow_id, version) references segue.workflow_version
);

create table segue.run (
  run_id               uuid primary key,
  workflow_id          text not null,
  workflow_version     int,
  process_instance_key bigint unique,
  mode                 text check (mode in ('live', 'simulated')),
  site_id              text,
  as_of                timestamptz,
  business_key         text,
  variables            jsonb not null default '{}',
  started_by           text not null,
  start_kind           text not null,
  state                text not null check (state in ('starting', 'started', 'refused', 'ended')),
  cancel_requested_at  timestamptz,
  cancel_requested_by  text,
  cancel_reason        text,
  error                text,
  created_at           timestamptz not null default now(),
  started_at           timestamptz
);
create index run_listing on segue.run (created_at desc, run_id desc);
create index run_workflow on segue.run (workflow_id, created_at desc);
comment on column segue.run.mode is 'null while unknown: such a run may not have effects';
comment on column segue.run.state is 'ended: the engine said so; how it ended stands in history.run';

create table segue.incident_resolution (
  resolution_id uuid primary key,
  incident_key  bigint not null,
  action        text not null,
  requested_by  text not null,
  reason        text not null default '',
  requested_at  timestamptz not null default now(),
  done_at       timestamptz,
  error         text
);
create index incident_resolution_incident on segue.incident_resolution (incident_key);
