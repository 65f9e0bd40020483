create table segue.connection_rate (
  connection text primary key,
  free_at    timestamptz not null
);
comment on table segue.connection_rate is 'one line of evenly spaced slots for each connection, over all servers';
comment on column segue.connection_rate.free_at is 'the first slot that nobody has reserved';

alter table segue.connection add column health_millis int;
comment on column segue.connection.health_millis is 'how long the last test took';

create table segue.connection_health (
  connection      text primary key references segue.connection (name) on delete cascade,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_failure    text not null default ''
);
comment on table segue.connection_health is 'how the last calls of steps and tests went';

create table segue.connection_use (
  connection text not null references segue.connection (name) on delete cascade,
  minute     timestamptz not null,
  calls      int not null default 0,
  failures   int not null default 0,
  requests   int not null default 0,
  primary key (connection, minute)
);
comment on column segue.connection_use.calls is 'calls of steps that had the connection and ended';
comment on column segue.connection_use.requests is 'HTTP requests within its rate';
