create table segue.policy (
  policy_id     text primary key check (policy_id ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  workflow_id   text not null,
  changes       text not null,
  level         text not null check (level in ('suggest', 'approve', 'automatic')),
  limits        jsonb not null,
  fallback      jsonb not null,
  evidence_from timestamptz not null,
  fell_reason   text,
  paused        boolean not null default false,
  paused_by     text,
  paused_at     timestamptz,
  pause_reason  text not null default '',
  version       int not null default 1,
  changed_by    text not null,
  changed_at    timestamptz not null,
  unique (workflow_id, changes)
);
comment on table segue.policy is 'how far a kind of changes of a workflow may go without a person';
comment on column segue.policy.changes is 'the change step without its major, such as menu-models:set-prices; * for all others';
comment on column segue.policy.evidence_from is 'what was decided before says nothing about a fall';

create table segue.policy_switch (
  one        boolean primary key default true check (one),
  paused     boolean not null default false,
  changed_by text,
  changed_at timestamptz,
  reason     text not null default ''
);
insert into segue.policy_switch default values;
comment on table segue.policy_switch is 'whether people decide everything';

create table segue.policy_verdict (
  user_task_key bigint primary key,
  outcome       text not null check (outcome in ('none', 'approved', 'people', 'suggestion')),
  reason        text not null,
  judged_at     timestamptz not null
);
comment on table segue.policy_verdict is 'what the policies said of an approval when it came up; once';

create table segue.policy_use (
  set_id         uuid primary key,
  user_task_key  bigint not null,
  policy_id      text not null,
  policy_version int not null,
  day            date not null,
  changes        int not null,
  amount         numeric not null,
  audience       bigint not null,
  vote_id        uuid not null
);
create index policy_use_day on segue.policy_use (policy_id, day);
comment on table segue.policy_use is 'what a policy let through, for its limits of a day';
comment on column segue.policy_use.day is 'the business date at the site of the run; UTC without a site';
