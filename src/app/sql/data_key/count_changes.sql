SELECT count(*) + coalesce(sum(state), 0) FROM data_key
