alter table segue.run
  add column knowledge text check (knowledge in ('recorded', 'business-day')),
  add column answer    text check (answer in ('approve', 'reject'));
comment on column segue.run.knowledge is 'what a run of an earlier time counts as known then; null for what was recorded by then';
comment on column segue.run.answer is 'how a simulated run answers its approvals; null for approve';

create table segue.rehearsal (
  rehearsal_id     uuid primary key,
  workflow_id      text not null,
  workflow_version int not null,
  from_day         date not null,
  to_day           date not null,
  sites            text[] not null,
  asked            jsonb not null,
  schedule_id      text,
  knowledge        text not null check (knowledge in ('recorded', 'business-day')),
  answer           text not null check (answer in ('approve', 'reject')),
  variables        jsonb not null,
  concurrency      int not null check (concurrency between 1 and 8),
  state            text not null check (state in ('running', 'completed', 'cancelled')),
  cancelled_by     text,
  cancel_reason    text,
  started_by       text not null,
  created_at       timestamptz not null,
  ended_at         timestamptz
);
create index rehearsal_listing on segue.rehearsal (created_at desc, rehearsal_id desc);
create index rehearsal_running on segue.rehearsal (created_at) where state = 'running';
comment on column segue.rehearsal.sites is 'a run for each and day; empty for one of no site';
comment on column segue.rehearsal.asked is 'time of day and zone, as far as they were said';
comment on column segue.rehearsal.variables is 'what each run begins with';

create table segue.rehearsal_day (
  rehearsal_id  uuid not null references segue.rehearsal on delete cascade,
  ordinal       int not null,
  day           date not null,
  site_id       text,
  as_of         timestamptz,
  business_date date,
  state         text not null check (state in ('planned', 'running', 'completed', 'waits', 'failed', 'skipped',
    'cancelled')),
  reason        text not null default '',
  run_id        uuid unique,
  report        jsonb,
  started_at    timestamptz,
  ended_at      timestamptz,
  primary key (rehearsal_id, ordinal),
  unique nulls not distinct (rehearsal_id, site_id, day)
);
create index rehearsal_day_open on segue.rehearsal_day (rehearsal_id, ordinal) where state in ('planned', 'running');
comment on table segue.rehearsal_day is 'one simulated run each, started once: its id is made of rehearsal, site and day';
comment on column segue.rehearsal_day.as_of is 'the instant the run takes for now; null if it has none, as when the schedule leaves the day out';
comment on column segue.rehearsal_day.report is 'what the run would have changed, and what followed';
