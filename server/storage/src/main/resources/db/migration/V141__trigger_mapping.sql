alter table segue.trigger add column mapping jsonb not null default '{}';
comment on column segue.trigger.mapping is 'FEEL expressions by the variable that each gives';
