create table segue.plugin_zip (
  sha256    text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size      bigint not null check (size > 0),
  stored_at timestamptz not null default now()
);
comment on table segue.plugin_zip is 'plugin zips by content, from which each server fetches what it lacks';
comment on column segue.plugin_zip.stored_at is 'when it was last stored: what is used by no version is deleted some time after';

create table segue.plugin_zip_part (
  sha256  text not null references segue.plugin_zip on delete cascade,
  ordinal int not null,
  content bytea not null,
  primary key (sha256, ordinal)
);
alter table segue.plugin_zip_part alter column content set storage external;
