create table segue.plugin_key (
  key_id     text primary key check (key_id ~ '^[0-9a-f]{16}$'),
  name       text not null check (length(name) between 1 and 100),
  public_key text not null,
  added_by   text not null,
  added_at   timestamptz not null default now()
);
comment on table segue.plugin_key is 'whose signatures under plugin zips are trusted';
comment on column segue.plugin_key.key_id is 'the first 16 hex digits of the SHA-256 of the X.509 form';
comment on column segue.plugin_key.public_key is 'Ed25519, X.509 in PEM';
