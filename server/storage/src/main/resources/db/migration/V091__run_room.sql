-- A run's row is written when it starts, when its instance claims it and when it ends: room on the
-- page keeps the last of these out of the indexes.
alter table segue.run set (fillfactor = 80);
