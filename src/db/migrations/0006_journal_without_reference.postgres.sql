-- The journal's chain covers the uuid of each event's origin, so an event whose origin is gone or another is found by whoever verifies
-- it. The reference found less, and cost each reading as much as the event itself.
ALTER TABLE audit_event DROP CONSTRAINT audit_event_origin_id_fkey;
