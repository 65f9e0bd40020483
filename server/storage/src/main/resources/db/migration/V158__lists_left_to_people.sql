alter table segue.policy_verdict add column sets uuid[] not null default '{}';
create index policy_verdict_sets on segue.policy_verdict using gin (sets);
comment on column segue.policy_verdict.sets is 'the change sets that the approval was about';
