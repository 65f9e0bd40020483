create table segue.account (
  account_id     uuid primary key,
  username       text not null,
  display_name   text not null,
  email          text,
  password_hash  text not null,
  roles          text[] not null,
  sites          text[],
  groups         text[] not null default '{}',
  disabled       boolean not null default false,
  password_change_due boolean not null default false,
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
create unique index account_username on segue.account (lower(username));
comment on column segue.account.sites is 'ids of the sites the account may act on; null means all';

create table segue.api_token (
  token_id     uuid primary key,
  account_id   uuid not null references segue.account on delete cascade,
  name         text not null,
  token_hash   bytea not null unique,
  roles        text[] not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);

create table segue.session (
  session_hash bytea primary key,
  account_id   uuid not null references segue.account on delete cascade,
  csrf_token   text not null,
  created_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now(),
  expires_at   timestamptz not null
);

create table segue.sign_in_failure (
  subject      text primary key,
  failures     int not null,
  blocked_until timestamptz,
  updated_at   timestamptz not null default now()
);
comment on column segue.sign_in_failure.subject is 'user:NAME or address:IP';

create table segue.audit (
  seq           bigint generated always as identity primary key,
  at            timestamptz not null default now(),
  actor         text not null,
  action        text not null,
  subject_kind  text not null,
  subject_id    text not null,
  detail        jsonb not null default '{}',
  previous_hash bytea not null,
  hash          bytea not null
);
create index audit_subject on segue.audit (subject_kind, subject_id);

create table segue.server (
  server_id    uuid primary key,
  host         text not null,
  version      text not null,
  started_at   timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  stopped_at   timestamptz
);

create table segue.setting (
  key        text primary key,
  value      jsonb not null,
  updated_at timestamptz not null default now()
);

create table segue.idempotency_key (
  actor        text not null,
  operation    text not null,
  key          text not null,
  request_hash bytea not null,
  status       int,
  response     jsonb,
  created_at   timestamptz not null default now(),
  primary key (actor, operation, key)
);
create index idempotency_key_created on segue.idempotency_key (created_at);

create table segue.outbox (
  outbox_id       bigint generated always as identity primary key,
  kind            text not null,
  ref             text not null,
  payload         jsonb not null default '{}',
  attempts        int not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_owner     uuid,
  lease_until     timestamptz,
  last_error      text,
  created_at      timestamptz not null default now()
);
create index outbox_due on segue.outbox (next_attempt_at);

create table segue.alarm (
  alarm_id   uuid primary key,
  kind       text not null,
  subject    text not null,
  severity   text not null check (severity in ('warning', 'critical')),
  message    text not null,
  raised_at  timestamptz not null default now(),
  cleared_at timestamptz
);
create unique index alarm_open on segue.alarm (kind, subject) where cleared_at is null;
