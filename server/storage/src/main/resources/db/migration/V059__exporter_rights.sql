-- The exporter appends records and keeps its positions; it adds a day only through the function.
grant select, insert on history.record to segue_exporter;
grant select, insert, update on history.exporter_position to segue_exporter;
revoke all on function history.ensure_partition(date) from public;
grant execute on function history.ensure_partition(date) to segue_exporter;
