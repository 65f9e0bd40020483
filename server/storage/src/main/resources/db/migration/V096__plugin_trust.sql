alter table segue.plugin_version add column trust jsonb not null default '{}';
comment on column segue.plugin_version.trust is 'who signed it (keyId, keyName), or who allowed it unsigned (allowedBy); empty for what came with Segue';

alter table segue.plugin_version drop constraint plugin_version_state_check;
alter table segue.plugin_version add constraint plugin_version_state_check
  check (state in ('enabled', 'disabled', 'removed', 'refused', 'rolled_back'));
