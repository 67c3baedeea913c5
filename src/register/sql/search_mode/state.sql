SELECT coalesce((SELECT search_mode FROM instance WHERE id = 1), 0), (SELECT coalesce(min(seq), 0) FROM name_change),
    (SELECT coalesce(max(seq), 0) FROM name_change)
