create index decision_settled on segue.decision (settled_at) where state = 'final';
create index change_set_instance on segue.change_set (process_instance_key);
