create index run_business_key on segue.run (lower(business_key) text_pattern_ops)
  where business_key is not null;
