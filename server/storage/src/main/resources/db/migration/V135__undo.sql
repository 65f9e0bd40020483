create index change_set_undoes on segue.change_set (undoes) where undoes is not null;
