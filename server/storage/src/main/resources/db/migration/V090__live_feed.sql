-- The live feed. Whatever changes what people watch says so on one channel within its own transaction:
-- all servers hear of it after the commit, in the order of the commits, and never of a rollback. The
-- tables do it themselves, so that no writer can forget it. What the engine did is told by the
-- projection, batch by batch; the start of a run is not told here, since the projection does it a
-- moment later and starting must stay cheap.

create function segue.live_event(
  topic text, id text, run uuid, root uuid, workflow text, site text, state text) returns jsonb
  language sql stable
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'topic', topic,
    'id', left(id, 200),
    'run', run,
    'root', nullif(root, run),
    'workflow', left(workflow, 200),
    'site', left(site, 200),
    'state', state,
    'at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
$$;
comment on function segue.live_event is 'a hint of the live feed: what to read again, and nothing else';

create function segue.tell(event jsonb) returns void
  language sql volatile
as $$
  select pg_notify('segue_live',
    jsonb_build_object('x', pg_current_xact_id()::text, 'e', jsonb_build_array(event))::text)
$$;
comment on function segue.tell is 'tells all servers after the commit; x is the transaction, by which events get their ids';

create function segue.tell_of_run() returns trigger
  language plpgsql
as $$
begin
  perform segue.tell(segue.live_event('run', new.run_id::text, new.run_id, new.root_run_id,
    new.workflow_id, new.site_id,
    case when new.state = 'refused' then 'refused'
      when new.cancel_requested_at is not null and new.state <> 'ended' then 'cancelling' end));
  return null;
end
$$;
create trigger tell_of_run after update of state, cancel_requested_at, mode on segue.run
  for each row when (
    (new.state = 'refused' and old.state <> 'refused')
    or new.cancel_requested_at is distinct from old.cancel_requested_at
    or new.mode is distinct from old.mode)
  execute function segue.tell_of_run();

create function segue.tell_of_incident() returns trigger
  language plpgsql
as $$
begin
  perform segue.tell(segue.live_event('incident', new.incident_key::text, r.run_id, r.root_run_id,
    r.workflow_id, r.site_id,
    case when new.done_at is null then 'resolving' when new.error is not null then 'open' end))
  from history.incident i
  left join segue.run r on r.process_instance_key = i.process_instance_key
  where i.incident_key = new.incident_key;
  return null;
end
$$;
create trigger tell_of_incident after insert or update on segue.incident_resolution
  for each row execute function segue.tell_of_incident();

create function segue.tell_of_approval() returns trigger
  language plpgsql
as $$
declare
  row_now jsonb := to_jsonb(new);
begin
  perform segue.tell(segue.live_event('approval', new.user_task_key::text, r.run_id, r.root_run_id,
    t.bpmn_process_id, r.site_id,
    case row_now ->> 'state' when 'deciding' then 'deciding' when 'final' then row_now ->> 'outcome' end))
  from history.user_task t
  left join segue.run r on r.process_instance_key = t.process_instance_key
  where t.user_task_key = new.user_task_key;
  return null;
end
$$;
create trigger tell_of_decision after insert or update on segue.decision
  for each row when (new.user_task_key is not null) execute function segue.tell_of_approval();
create trigger tell_of_action after insert or update on segue.approval_action
  for each row execute function segue.tell_of_approval();
create trigger tell_of_comment after insert on segue.approval_comment
  for each row execute function segue.tell_of_approval();

create function segue.tell_of_changes() returns trigger
  language plpgsql
as $$
declare
  run segue.run;
begin
  select * into run from segue.run r where r.run_id = new.run_id;
  perform segue.tell(segue.live_event('changes', new.set_id::text, new.run_id, run.root_run_id,
    run.workflow_id, new.site_id, new.state));
  return null;
end
$$;
create trigger tell_of_changes after insert or update of state on segue.change_set
  for each row execute function segue.tell_of_changes();

create function segue.tell_of_workflow() returns trigger
  language plpgsql
as $$
begin
  perform segue.tell(segue.live_event('workflow', new.workflow_id, null, null, new.workflow_id, null,
    case when new.paused then 'paused' else 'active' end));
  return null;
end
$$;
create trigger tell_of_workflow after insert or update on segue.workflow
  for each row execute function segue.tell_of_workflow();

create function segue.tell_of_alarm() returns trigger
  language plpgsql
as $$
begin
  perform segue.tell(segue.live_event('alarm', new.alarm_id::text, null, null, null, null,
    case when new.cleared_at is null then 'raised' else 'cleared' end));
  return null;
end
$$;
create trigger tell_of_alarm after insert or update of cleared_at, message on segue.alarm
  for each row execute function segue.tell_of_alarm();

create function segue.tell_of_connection() returns trigger
  language plpgsql
as $$
begin
  if tg_op = 'DELETE' then
    perform segue.tell(segue.live_event('connection', old.name, null, null, null, null, 'deleted'));
  else
    perform segue.tell(segue.live_event('connection', new.name, null, null, null, null,
      case when new.paused then 'paused' else new.health end));
  end if;
  return null;
end
$$;
create trigger tell_of_connection after insert or update or delete on segue.connection
  for each row execute function segue.tell_of_connection();
