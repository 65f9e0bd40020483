alter table segue.plugin_version drop constraint plugin_version_state_check;
alter table segue.plugin_version add constraint plugin_version_state_check
  check (state in ('enabled', 'disabled', 'removed', 'refused', 'rolled_back', 'quarantined'));
