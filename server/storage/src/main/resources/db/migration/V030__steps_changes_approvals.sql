create table segue.plugin_version (
  plugin_id    text not null,
  version      text not null,
  sha256       text not null,
  state        text not null check (state in ('enabled', 'disabled', 'removed', 'refused')),
  source       text not null check (source in ('distribution', 'folder', 'upload')),
  descriptor   jsonb not null default '{}',
  message      text not null default '',
  installed_at timestamptz not null default now(),
  installed_by text not null,
  primary key (plugin_id, version)
);

create table segue.secret (
  secret_id  uuid primary key,
  key_id     text not null,
  nonce      bytea not null,
  sealed     bytea not null,
  updated_at timestamptz not null default now()
);

create table segue.connection (
  name         text primary key,
  type         text not null,
  fields       jsonb not null default '{}',
  secret_ids   jsonb not null default '{}',
  paused       boolean not null default false,
  health       text not null default 'unknown' check (health in ('unknown', 'works', 'fails')),
  health_message text not null default '',
  health_at    timestamptz,
  version      int not null default 1,
  updated_by   text not null,
  updated_at   timestamptz not null default now()
);
comment on column segue.connection.type is 'plugin:type';
comment on column segue.connection.secret_ids is 'field name to segue.secret.secret_id';

create table segue.step_journal (
  idempotency_key      text primary key,
  process_instance_key bigint not null,
  element_instance_key bigint not null,
  element_id           text not null,
  job_key              bigint not null,
  step_type            text not null,
  plugin_version       text not null,
  state                text not null check (state in ('started', 'done', 'in_doubt', 'abandoned')),
  attempt              int not null,
  server_id            uuid not null,
  lease_until          timestamptz not null,
  result               jsonb,
  detail               text,
  started_at           timestamptz not null default now(),
  finished_at          timestamptz
);
create index step_journal_instance on segue.step_journal (process_instance_key);
comment on table segue.step_journal is 'what each effect did, by which a repeated delivery is recognised';

create table segue.step_attempt (
  attempt_id           bigint generated always as identity primary key,
  process_instance_key bigint not null,
  element_instance_key bigint not null,
  element_id           text not null,
  job_key              bigint not null,
  step_type            text not null,
  plugin_version       text not null,
  attempt              int not null,
  server_id            uuid not null,
  started_at           timestamptz not null,
  finished_at          timestamptz not null,
  outcome              text not null,
  message              text not null default '',
  result               jsonb
);
create index step_attempt_instance on segue.step_attempt (process_instance_key);

create table segue.change_set (
  set_id               uuid primary key,
  run_id               uuid,
  process_instance_key bigint,
  element_id           text,
  step_type            text not null,
  plugin_id            text not null,
  plugin_version       text not null,
  connections          jsonb not null default '{}',
  site_id              text,
  mode                 text not null check (mode in ('live', 'simulated')),
  title                text not null,
  summary              text not null default '',
  hash                 text not null,
  count                int not null,
  totals               jsonb not null default '[]',
  state                text not null check (state in
    ('planned', 'approved', 'rejected', 'superseded', 'applying', 'applied', 'partial', 'in_doubt', 'stale')),
  supersedes           uuid references segue.change_set,
  undoes               uuid references segue.change_set,
  plan_key             text unique,
  plan_input           jsonb not null default '{}',
  valid_until          timestamptz,
  created_by           text not null,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now()
);
create index change_set_run on segue.change_set (run_id);
create index change_set_listing on segue.change_set (created_at desc, set_id desc);
comment on column segue.change_set.plan_key is 'the plan step''s idempotency key: a repeated plan finds its set';

create table segue.change (
  set_id       uuid not null references segue.change_set on delete cascade,
  ordinal      int not null,
  content      jsonb not null,
  state        text not null default 'planned' check (state in
    ('planned', 'applying', 'applied', 'stale', 'refused', 'in_doubt', 'skipped')),
  attempt      int not null default 0,
  server_id    uuid,
  lease_until  timestamptz,
  outcome      jsonb,
  message      text not null default '',
  started_at   timestamptz,
  finished_at  timestamptz,
  primary key (set_id, ordinal)
);

create table segue.decision (
  decision_id   uuid primary key,
  vote_id       uuid not null,
  set_id        uuid references segue.change_set,
  hash          text,
  user_task_key bigint,
  outcome       text not null check (outcome in ('approved', 'rejected')),
  by_kind       text not null check (by_kind in ('person', 'policy', 'simulation')),
  decided_by    text not null,
  comment       text not null default '',
  form          jsonb not null default '{}',
  state         text not null check (state in ('deciding', 'vote', 'final', 'void')),
  decided_at    timestamptz not null default now(),
  settled_at    timestamptz,
  void_reason   text
);
create index decision_set on segue.decision (set_id);
create index decision_task on segue.decision (user_task_key);
create index decision_vote on segue.decision (vote_id);
create unique index decision_one_vote on segue.decision
  (user_task_key, decided_by, coalesce(set_id, '00000000-0000-0000-0000-000000000000')) where state <> 'void';
comment on column segue.decision.vote_id is 'one vote may cover several change sets: a row for each';

create table segue.approval_comment (
  comment_id    uuid primary key,
  user_task_key bigint not null,
  author        text not null,
  body          text not null,
  written_at    timestamptz not null default now()
);
create index approval_comment_task on segue.approval_comment (user_task_key);

create table segue.approval_action (
  action_id     uuid primary key,
  user_task_key bigint not null,
  action        text not null check (action in ('claim', 'unclaim', 'delegate')),
  assignee      text,
  requested_by  text not null,
  requested_at  timestamptz not null default now(),
  done_at       timestamptz,
  error         text
);
create index approval_action_task on segue.approval_action (user_task_key);

create table segue.artifact (
  sha256     text primary key,
  size       bigint not null,
  created_at timestamptz not null default now()
);

create table segue.artifact_chunk (
  sha256  text not null references segue.artifact on delete cascade,
  ordinal int not null,
  content bytea not null,
  primary key (sha256, ordinal)
);

create table segue.artifact_name (
  plugin_id  text not null,
  name       text not null,
  sha256     text not null references segue.artifact,
  media_type text not null,
  metadata   jsonb not null default '{}',
  known_at   timestamptz not null default now(),
  primary key (plugin_id, name, sha256)
);
