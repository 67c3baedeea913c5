SELECT t.id, t.uuid, t.tag_reference, t.payment_reference, t.present, t.start_on, t.end_on, a.uuid, a.address_line_1,
    a.address_line_2, a.address_line_3, a.city, a.postcode,
    EXISTS (SELECT 1 FROM alert l WHERE l.uprn = a.uprn)
    OR EXISTS (SELECT 1 FROM person p WHERE p.property_id = a.id AND p.active = 1
               AND (p.cautionary_alert = 1 OR p.property_cautionary_alert = 1))
FROM tenancy t LEFT JOIN property a ON a.id = t.property_id
WHERE t.id IN (SELECT value FROM json_each($1))
