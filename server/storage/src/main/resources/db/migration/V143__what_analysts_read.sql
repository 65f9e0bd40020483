-- Each view joins, so that PostgreSQL lets nobody write through it: plugins' writers may write to plain ones.

create view data.metric_catalogue with (security_barrier) as
  select s.series_id, s.metric, s.labels, s.site_id, coalesce(m.title, '') as title, coalesce(m.unit, '') as unit
  from data.metric_series s
  left join data.metric m on m.metric = s.metric;
comment on view data.metric_catalogue is 'which series there are, with what is said of their metrics';

create view data.metric_history with (security_barrier) as
  select p.series_id, p.at, p.value
  from data.metric_point p
  join data.metric_series s on s.series_id = p.series_id
  where p.at <= data.as_of();
comment on view data.metric_history is 'points as they came; each counts as known from its own time';

create view data.applied_change with (security_barrier) as
  select
    s.set_id, c.ordinal, s.run_id, s.site_id, s.step_type, s.undoes,
    c.content ->> 'title' as title,
    c.content -> 'target' ->> 'kind' as target_kind,
    c.content -> 'target' ->> 'id' as target_id,
    c.content -> 'target' ->> 'label' as target_label,
    coalesce(c.content -> 'before', '{}') as before,
    (select coalesce(jsonb_object_agg(field.key, field.value), '{}')
       from jsonb_each(coalesce(c.content -> 'after', '{}')) field
       where coalesce(c.content -> 'before', '{}') ? field.key) as after,
    c.finished_at as applied_at,
    exists (
      select from segue.change_set back
      where back.undoes = s.set_id and back.state in ('applied', 'partial') and back.updated_at <= data.as_of()
    ) as taken_back
  from segue.change c
  join segue.change_set s on s.set_id = c.set_id
  where c.state = 'applied' and s.mode = 'live' and c.finished_at <= data.as_of();
comment on view data.applied_change is 'what Segue has changed outside';
comment on column data.applied_change.after is 'only values that were there before: no texts of messages';
