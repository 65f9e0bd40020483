alter table data.campaign_day_row add column breakdown text;
comment on column data.campaign_day_row.breakdown is
  'by what the lines of this day of the campaign are told apart, such as ''ad set,age''; empty by campaign alone; null where the writer does not say';

-- What an import does not know, it leaves out.
alter table data.campaign_day_row alter column conversions set default 0;

create or replace view data.campaign_day with (security_barrier) as
  select * from data.campaign_day_row c
  where known_at <= data.as_of() or (data.by_business_day() and (
    select (c.day + 1)::timestamp at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = c.site_id));
