SELECT coalesce((SELECT search_mode FROM instance), 0), (SELECT coalesce(max(seq), 0) FROM name_change)
