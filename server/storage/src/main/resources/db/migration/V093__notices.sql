create table segue.notice_plan (
  user_task_key bigint not null,
  reason        text not null,
  planned_at    timestamptz not null default now(),
  primary key (user_task_key, reason)
);
comment on table segue.notice_plan is 'what people were to be told of, once each, whether or not anybody was found to tell';

create table segue.notice (
  notice_id     uuid primary key,
  user_task_key bigint not null,
  reason        text not null,
  channel       text not null check (channel in ('email', 'chat')),
  recipient     text not null,
  state         text not null default 'waiting'
    check (state in ('waiting', 'sent', 'unneeded', 'refused', 'in_doubt', 'given_up')),
  detail        text not null default '',
  created_at    timestamptz not null default now(),
  settled_at    timestamptz,
  unique (user_task_key, reason, channel, recipient),
  foreign key (user_task_key, reason) references segue.notice_plan
);
comment on column segue.notice.reason is 'opened, overdue, or delegated: and the action''s id';
comment on column segue.notice.recipient is 'a username; the connection''s name for a chat';
