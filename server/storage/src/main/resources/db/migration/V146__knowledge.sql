create function data.by_business_day() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('segue.knowledge', true), '') = 'business-day';
comment on function data.by_business_day is
  'whether rows that were recorded late count as known from the time they tell of: see the views of this schema';

-- What has a time of its own counts as known from then.
create or replace view data.sales_order with (security_barrier) as
  select * from data.sales_order_row
  where known_at <= data.as_of() or (data.by_business_day() and ordered_at <= data.as_of());

create or replace view data.sales_line with (security_barrier) as
  select * from data.sales_line_row
  where known_at <= data.as_of() or (data.by_business_day() and ordered_at <= data.as_of());

-- What has a day counts as known when the site's day begins, or is over where it tells of the whole day.
create or replace view data.price with (security_barrier) as
  select * from data.price_row p
  where known_at <= data.as_of() or (data.by_business_day() and (
    select (p.valid_from + s.business_day_end) at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = p.site_id));

create or replace view data.promotion with (security_barrier) as
  select * from data.promotion_row p
  where known_at <= data.as_of() or (data.by_business_day() and (
    select (p.starts_on + s.business_day_end) at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = p.site_id));

create or replace view data.event_day with (security_barrier) as
  select * from data.event_day_row e
  where known_at <= data.as_of() or (data.by_business_day() and (
    select (e.date + s.business_day_end) at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = e.site_id));

create or replace view data.weather_day with (security_barrier) as
  select * from data.weather_day_row w
  where known_at <= data.as_of() or (data.by_business_day() and not w.is_forecast and (
    select (w.date + 1)::timestamp at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = w.site_id));

create or replace view data.campaign_day with (security_barrier) as
  select * from data.campaign_day_row c
  where known_at <= data.as_of() or (data.by_business_day() and (
    select (c.day + 1)::timestamp at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = c.site_id));

create or replace view data.customer with (security_barrier) as
  select * from data.customer_row c
  where known_at <= data.as_of() or (data.by_business_day() and (
    select (c.first_order_on + 1 + s.business_day_end) at time zone s.zone <= data.as_of()
    from data.site_row s where s.site_id = c.site_id));

-- What is kept only as it is today counts as known.
create or replace view data.site with (security_barrier) as
  select * from data.site_row where known_at <= data.as_of() or data.by_business_day();

create or replace view data.site_exception with (security_barrier) as
  select * from data.site_exception_row where known_at <= data.as_of() or data.by_business_day();

create or replace view data.site_group with (security_barrier) as
  select * from data.site_group_row where known_at <= data.as_of() or data.by_business_day();

create or replace view data.item with (security_barrier) as
  select * from data.item_row where known_at <= data.as_of() or data.by_business_day();

create or replace view data.campaign with (security_barrier) as
  select * from data.campaign_row where known_at <= data.as_of() or data.by_business_day();

create or replace view data.ad_set with (security_barrier) as
  select * from data.ad_set_row where known_at <= data.as_of() or data.by_business_day();
