SELECT t.id, t.uuid, t.tag_reference, coalesce(t.start_on, t.created_at / 86400000) AS started, a.uuid, a.address_line_1,
    a.address_line_2, a.address_line_3, a.city, a.postcode
FROM property a CROSS JOIN tenancy t
WHERE t.property_id = a.id AND a.patch_uuid IN (SELECT uuid FROM patch WHERE officer_id = $1 AND active = 1)
  AND t.terminated = 0 AND coalesce(t.start_on, t.created_at / 86400000) >= $2
ORDER BY started DESC, t.id DESC LIMIT $3
