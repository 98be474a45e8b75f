-- Goodwill is chained by hashes, too. The database places each entry, so that those of the former version have their place as well.
ALTER TABLE goodwill_entries
  ADD COLUMN seq bigint NOT NULL DEFAULT 0,
  ADD COLUMN previous_hash text NOT NULL DEFAULT '',
  ADD COLUMN hash text NOT NULL DEFAULT '';
--> statement-breakpoint
-- SHA-256 of the JSON array of all values but `id` and `hash`; the time in ISO 8601 with milliseconds.
CREATE FUNCTION deskwright_hash_goodwill_entry(entry goodwill_entries) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(json_build_array(
    entry.seq, entry.previous_hash, entry.kind, entry.request_id, entry.item, entry.item_kind, entry.value_minor, entry.currency,
    entry.ticket_id, entry.agent_id, entry.customer, to_char(entry.day, 'YYYY-MM-DD'), entry.budget_minor, entry.per_month, entry.rule,
    entry.policy_hash, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Those that are there are chained in the order of their ids. Only here is an entry changed, by who owns the table.
ALTER TABLE goodwill_entries DISABLE TRIGGER keep_entries;
--> statement-breakpoint
GRANT UPDATE ON goodwill_entries TO CURRENT_USER;
--> statement-breakpoint
DO $$
DECLARE
  one goodwill_entries;
  last goodwill_entries;
BEGIN
  FOR one IN SELECT * FROM goodwill_entries ORDER BY id LOOP
    one.seq := coalesce(last.seq, 0) + 1;
    one.previous_hash := coalesce(last.hash, repeat('0', 64));
    one.hash := deskwright_hash_goodwill_entry(one);
    UPDATE goodwill_entries SET seq = one.seq, previous_hash = one.previous_hash, hash = one.hash WHERE id = one.id;
    last := one;
  END LOOP;
END
$$;
--> statement-breakpoint
REVOKE UPDATE ON goodwill_entries FROM CURRENT_USER;
--> statement-breakpoint
ALTER TABLE goodwill_entries ENABLE TRIGGER keep_entries;
--> statement-breakpoint
CREATE INDEX goodwill_entries_seq ON goodwill_entries (seq);
--> statement-breakpoint
CREATE FUNCTION deskwright_place_goodwill_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last goodwill_entries;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('deskwright goodwill', 0));
  SELECT * INTO last FROM goodwill_entries ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.previous_hash := coalesce(last.hash, repeat('0', 64));
  NEW.hash := deskwright_hash_goodwill_entry(NEW);
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- After `check_entry`, by its name: the lock of the agent is taken before that of the chain.
CREATE TRIGGER place_entry BEFORE INSERT ON goodwill_entries
  FOR EACH ROW EXECUTE FUNCTION deskwright_place_goodwill_entry();
