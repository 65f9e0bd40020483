alter table segue.workflow_resource add column engine_key bigint;
comment on column segue.workflow_resource.engine_key is 'the engine''s key of the form or decision, by which its records name it';
create index workflow_resource_key on segue.workflow_resource (engine_key) where engine_key is not null;
create index workflow_resource_id on segue.workflow_resource (kind, resource_id) where resource_id is not null;
