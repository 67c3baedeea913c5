SELECT a.id, a.uuid, a.uprn, a.address_line_1, a.address_line_2, a.address_line_3, a.city, a.postcode,
    EXISTS (SELECT 1 FROM alert l WHERE l.uprn = a.uprn)
    OR EXISTS (SELECT 1 FROM person p WHERE p.property_id = a.id AND p.active = 1
               AND (p.cautionary_alert = 1 OR p.property_cautionary_alert = 1))
FROM property a WHERE a.id IN (SELECT value FROM json_each($1))
