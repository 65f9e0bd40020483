create table segue.webhook_secret (
  secret_id  uuid primary key references segue.secret (secret_id) on delete cascade,
  trigger_id text not null,
  made_by    text not null,
  made_at    timestamptz not null,
  expires_at timestamptz
);
create index webhook_secret_trigger on segue.webhook_secret (trigger_id);
comment on table segue.webhook_secret is 'with what callers of a webhook sign';
comment on column segue.webhook_secret.expires_at is 'until when a former one still holds; null for the one in force';

create table segue.webhook_event (
  trigger_id  text not null,
  event_key   text not null,
  attempt     int not null default 1,
  site_id     text,
  received_at timestamptz not null,
  refused     boolean not null default false,
  primary key (trigger_id, event_key)
);
create index webhook_event_age on segue.webhook_event (received_at);
comment on table segue.webhook_event is 'which events were taken: the same event again starts nothing';
comment on column segue.webhook_event.attempt is 'counts how often it began anew: after it was refused, or where only the body tells events apart and its time was over';
comment on column segue.webhook_event.refused is 'it started nothing and may be sent again';
