alter table history.exporter_position
  add column written_at timestamptz,
  add column conflict   text;
comment on column history.exporter_position.written_at is 'when the engine wrote the record at this position';
comment on column history.exporter_position.conflict is 'why the exporter stopped: the engine was emptied or exchanged';

alter table history.variable
  add column cut  boolean not null default false,
  add column size int;
comment on column history.variable.cut is 'the value was too long for the history: it holds a text with its beginning';

create table history.timer (
  timer_key            bigint primary key,
  process_instance_key bigint not null,
  element_instance_key bigint not null,
  element_id           text not null,
  due_at               timestamptz not null,
  state                text not null check (state in ('waiting', 'triggered', 'canceled')),
  created_at           timestamptz not null,
  ended_at             timestamptz
);
create index timer_instance on history.timer (process_instance_key);

create table history.process_definition (
  process_definition_key bigint primary key,
  engine_id              uuid not null,
  bpmn_process_id        text not null,
  version                int not null,
  resource_name          text not null,
  diagram                text,
  deployed_at            timestamptz not null,
  deleted_at             timestamptz
);
create index process_definition_process on history.process_definition (bpmn_process_id, version);

-- Rows are written when something begins and again when it ends: room on the page spares the indexes.
alter table history.run set (fillfactor = 80);
alter table history.element set (fillfactor = 80);
alter table history.job set (fillfactor = 80);
alter table history.sequence_flow set (fillfactor = 80);
alter table history.variable set (fillfactor = 80);
