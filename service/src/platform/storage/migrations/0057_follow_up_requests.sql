-- Ids of the requests that recorded its outcomes, so that one that arrives twice is told from a second one that says the same.
ALTER TABLE follow_ups ADD COLUMN request_ids text[] NOT NULL DEFAULT '{}';
