-- When the words of a ticket were erased: from then on nothing brings them back.
ALTER TABLE tickets ADD COLUMN erased_at timestamptz;
--> statement-breakpoint
CREATE INDEX tickets_to_erase ON tickets (updated_at) WHERE erased_at IS NULL AND (status = 'closed' OR gone IS NOT NULL);
--> statement-breakpoint
-- A decision as it stands in the log, without the values it saw on the ticket: customers' words, names and addresses are only there.
CREATE FUNCTION decision_without_words(value jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE jsonb_typeof(value)
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(part.key, CASE
        WHEN part.key <> 'saw' THEN decision_without_words(part.value)
        WHEN jsonb_typeof(part.value) = 'array' THEN '[]'::jsonb
        ELSE 'null'::jsonb END), '{}') FROM jsonb_each(value) AS part)
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(decision_without_words(part.value) ORDER BY part.ordinality), '[]')
        FROM jsonb_array_elements(value) WITH ORDINALITY AS part)
    ELSE value END;
END $$;
--> statement-breakpoint
-- Nothing reads the words of internal notes.
UPDATE comments SET body = '' WHERE NOT public AND body <> '';
