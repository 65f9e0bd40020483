create table segue.schedule_due (
  trigger_id text not null references segue.trigger on delete cascade,
  site_id    text,
  zone       text not null,
  due_at     timestamptz not null,
  fire_at    timestamptz not null,
  last_run   uuid,
  unique nulls not distinct (trigger_id, site_id)
);
create index schedule_due_next on segue.schedule_due (fire_at);
comment on table segue.schedule_due is 'when each schedule is due next, per site if it has sites';
comment on column segue.schedule_due.zone is 'of which due_at was reckoned';
comment on column segue.schedule_due.fire_at is 'due_at and its jitter';
comment on column segue.schedule_due.last_run is 'the run that it started last, whether or not that goes on';
