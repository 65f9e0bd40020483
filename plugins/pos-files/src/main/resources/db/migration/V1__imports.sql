create table imported_file (
  site_id     text not null,
  folder      text not null,
  file        text not null,
  size        bigint not null,
  modified_at timestamptz not null,
  sha256      char(64) not null,
  layout      char(64) not null,
  lines       bigint not null,
  rejected    bigint not null,
  imported_at timestamptz not null,
  primary key (site_id, folder, file)
);
comment on column imported_file.layout is 'hash of how the file was read: a changed mapping imports again';

create table rejected_line (
  site_id     text not null,
  folder      text not null,
  file        text not null,
  line        bigint not null,
  raw         text not null,
  reason      text not null,
  rejected_at timestamptz not null,
  primary key (site_id, folder, file, line)
);
comment on column rejected_line.raw is 'at most 500 characters of the line as it was read';
