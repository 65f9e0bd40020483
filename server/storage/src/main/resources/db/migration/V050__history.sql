create table history.record (
  day          date not null,
  engine_id    uuid not null,
  partition_id int not null,
  position     bigint not null,
  written_at   timestamptz not null,
  value_type   text not null,
  intent       text not null,
  record_key   bigint not null,
  body         jsonb not null,
  primary key (engine_id, partition_id, position, day)
) partition by range (day);
comment on table history.record is 'engine records as the exporter wrote them, once each; day is the UTC date of written_at';

create table history.exporter_position (
  engine_id    uuid not null,
  partition_id int not null,
  position     bigint not null,
  updated_at   timestamptz not null default now(),
  primary key (engine_id, partition_id)
);

create table history.projection_cursor (
  engine_id    uuid not null,
  partition_id int not null,
  position     bigint not null,
  day          date not null,
  updated_at   timestamptz not null default now(),
  primary key (engine_id, partition_id)
);

create table history.run (
  process_instance_key        bigint primary key,
  engine_id                   uuid not null,
  bpmn_process_id             text not null,
  version                     int not null,
  process_definition_key      bigint not null,
  parent_process_instance_key bigint,
  parent_element_instance_key bigint,
  state                       text not null check (state in ('active', 'completed', 'terminated')),
  open_incidents              int not null default 0,
  started_at                  timestamptz not null,
  ended_at                    timestamptz
);
create index run_process on history.run (bpmn_process_id, started_at desc);
create index run_parent on history.run (parent_process_instance_key) where parent_process_instance_key is not null;

create table history.element (
  element_instance_key bigint primary key,
  process_instance_key bigint not null,
  flow_scope_key       bigint,
  element_id           text not null,
  element_type         text not null,
  state                text not null check (state in ('active', 'completed', 'terminated')),
  started_at           timestamptz not null,
  ended_at             timestamptz
);
create index element_instance on history.element (process_instance_key);

create table history.sequence_flow (
  process_instance_key bigint not null,
  element_id           text not null,
  taken                int not null,
  last_taken_at        timestamptz not null,
  primary key (process_instance_key, element_id)
);

create table history.variable (
  scope_key            bigint not null,
  name                 text not null,
  process_instance_key bigint not null,
  value                jsonb not null,
  updated_at           timestamptz not null,
  primary key (scope_key, name)
);
create index variable_instance on history.variable (process_instance_key);

create table history.job (
  job_key              bigint primary key,
  process_instance_key bigint not null,
  element_instance_key bigint not null,
  element_id           text not null,
  type                 text not null,
  state                text not null check (state in ('created', 'failed', 'completed', 'error_thrown', 'canceled')),
  retries              int not null,
  failures             int not null default 0,
  error_code           text,
  error_message        text,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  ended_at             timestamptz
);
create index job_instance on history.job (process_instance_key);

create table history.incident (
  incident_key         bigint primary key,
  process_instance_key bigint not null,
  element_instance_key bigint not null,
  element_id           text not null,
  job_key              bigint,
  error_type           text not null,
  message              text not null,
  state                text not null check (state in ('open', 'resolved')),
  created_at           timestamptz not null,
  resolved_at          timestamptz
);
create index incident_instance on history.incident (process_instance_key);
create index incident_open on history.incident (created_at desc) where state = 'open';

create table history.user_task (
  user_task_key           bigint primary key,
  process_instance_key    bigint not null,
  element_instance_key    bigint not null,
  element_id              text not null,
  bpmn_process_id         text not null,
  process_definition_key  bigint not null,
  form_key                bigint,
  external_form_reference text,
  assignee                text,
  candidate_groups        text[] not null default '{}',
  candidate_users         text[] not null default '{}',
  due_at                  timestamptz,
  follow_up_at            timestamptz,
  headers                 jsonb not null default '{}',
  state                   text not null check (state in ('created', 'completed', 'canceled')),
  completed_action        text,
  created_at              timestamptz not null,
  ended_at                timestamptz
);
create index user_task_instance on history.user_task (process_instance_key);
create index user_task_open on history.user_task (created_at desc) where state = 'created';

create function history.ensure_partition(wanted date) returns void
  language plpgsql security definer set search_path = pg_catalog, history
as $$
declare
  partition_name text := 'record_' || to_char(wanted, 'YYYYMMDD');
begin
  if to_regclass('history.' || partition_name) is null then
    execute format(
      'create table if not exists history.%I partition of history.record for values from (%L) to (%L)',
      partition_name, wanted, wanted + 1);
  end if;
exception
  when duplicate_table then null;
end
$$;
comment on function history.ensure_partition is 'lets the exporter add a day without owning the table';
