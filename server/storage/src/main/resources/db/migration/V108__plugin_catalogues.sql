create table segue.plugin_catalogue (
  name     text primary key check (name ~ '^[a-z0-9-]{2,40}$'),
  place    text not null,
  added_by text not null,
  added_at timestamptz not null default now()
);
comment on table segue.plugin_catalogue is 'where others offer plugins; the older one counts where two offer the same';
