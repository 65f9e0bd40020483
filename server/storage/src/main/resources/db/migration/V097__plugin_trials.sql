alter table segue.step_attempt add column failed boolean not null default false;
comment on column segue.step_attempt.failed is 'whether the plugin was at fault or too slow, which tells on its version';

create table segue.plugin_trial (
  plugin_id       text not null,
  version         text not null,
  sha256          text not null,
  version_before  text not null,
  step_types      text[] not null,
  jobs_before     int not null,
  failures_before int not null,
  state           text not null default 'running'
    check (state in ('running', 'passed', 'rolled_back', 'ended')),
  jobs            int not null default 0,
  failures        int not null default 0,
  started_at      timestamptz not null default now(),
  ended_at        timestamptz,
  primary key (plugin_id, version)
);
comment on table segue.plugin_trial is 'how a version does in its first jobs, against the one that it replaced';
comment on column segue.plugin_trial.step_types is 'those that both versions serve';
comment on column segue.plugin_trial.jobs is 'once it has ended; until then they are counted in plugin_trial_job';

create table segue.plugin_trial_job (
  plugin_id text not null,
  version   text not null,
  job_key   bigint not null,
  failed    boolean not null,
  primary key (plugin_id, version, job_key),
  foreign key (plugin_id, version) references segue.plugin_trial on delete cascade
);
