create index change_set_open on segue.change_set (run_id)
  where state in ('planned', 'approved', 'applying') and mode = 'live' and count > 0;
