alter table segue.workflow add column pinned jsonb not null default '{}';
comment on column segue.workflow.pinned is 'plugin id to the version, or range of versions, that its steps use';

alter table segue.workflow_version add column pins text[] not null default '{}';
comment on column segue.workflow_version.pins is 'plugin@range of the tasks that ask for one by their header segue.plugin-version';
