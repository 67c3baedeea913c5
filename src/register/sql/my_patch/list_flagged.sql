SELECT p.id
FROM property a CROSS JOIN person p
WHERE p.property_id = a.id AND p.active = 1 AND a.patch_uuid IN (SELECT uuid FROM patch WHERE officer_id = $1 AND active = 1) AND p.cautionary_alert = 1
ORDER BY a.id, p.id LIMIT $2 OFFSET $3
