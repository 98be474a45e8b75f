-- Entries with one coalescing key are claimed together, and urgent ones first. Former versions write neither column, and know ticket changes only.
ALTER TABLE outbox
  ADD COLUMN coalesce_key text,
  ADD COLUMN priority smallint NOT NULL DEFAULT 2;
--> statement-breakpoint
UPDATE outbox SET coalesce_key = coalesce(ticket_id::text, key),
  priority = CASE payload ->> 'cause' WHEN 'agent' THEN 0 WHEN 'answer' THEN 1 ELSE 2 END
WHERE state IN ('waiting', 'in_flight', 'parked');
--> statement-breakpoint
CREATE FUNCTION outbox_fill_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.coalesce_key := coalesce(NEW.ticket_id::text, NEW.key);
  NEW.priority := CASE NEW.payload ->> 'cause' WHEN 'agent' THEN 0 WHEN 'answer' THEN 1 ELSE 2 END;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_of_former_versions BEFORE INSERT ON outbox
  FOR EACH ROW WHEN (NEW.coalesce_key IS NULL) EXECUTE FUNCTION outbox_fill_in();
--> statement-breakpoint
CREATE INDEX outbox_fresh ON outbox (kind, priority, due_at, id) WHERE state = 'waiting' AND NOT alone;
--> statement-breakpoint
CREATE INDEX outbox_alone ON outbox (kind, priority, due_at, id) WHERE state = 'waiting' AND alone;
--> statement-breakpoint
CREATE INDEX outbox_leases ON outbox (kind, claimed_until) WHERE state = 'in_flight';
--> statement-breakpoint
CREATE INDEX outbox_suspects ON outbox (kind, claimed_until) WHERE state = 'in_flight' AND unfinished > 1;
--> statement-breakpoint
CREATE INDEX outbox_open ON outbox (kind, coalesce_key) WHERE state IN ('waiting', 'in_flight');
