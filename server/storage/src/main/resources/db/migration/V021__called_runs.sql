alter table segue.run
  add column parent_run_id uuid,
  add column root_run_id   uuid;
comment on column segue.run.parent_run_id is 'the run that called this one';
comment on column segue.run.root_run_id is 'the run at the top of the calls; null for that run itself';
create index run_parent on segue.run (parent_run_id) where parent_run_id is not null;
create index run_root on segue.run (root_run_id) where root_run_id is not null;
