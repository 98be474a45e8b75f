-- The band of the queue in which a ticket stands; 9 is the rest, and every ticket while the policy has no `queue_order`.
ALTER TABLE tickets ADD COLUMN queue_band smallint NOT NULL DEFAULT 9;
--> statement-breakpoint
CREATE INDEX tickets_queue_band ON tickets (tier, queue_band, waiting_since, id) INCLUDE (group_id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL;
--> statement-breakpoint
CREATE INDEX tickets_nobodys_band ON tickets (tier, queue_band, waiting_since, id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL AND assignee_id IS NULL;
--> statement-breakpoint
CREATE INDEX tickets_nobodys_group_band ON tickets (tier, group_id, queue_band, waiting_since, id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL AND assignee_id IS NULL;
--> statement-breakpoint
-- When each ticket's band is computed again: as time passes, or (-infinity) because something that it depends on has changed.
CREATE TABLE queue_due (
  ticket_id bigint PRIMARY KEY,
  due_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX queue_due_at ON queue_due (due_at, ticket_id);
--> statement-breakpoint
-- Events, the export, answers to our writes, bulk jobs and agents' actions all write tickets, as former versions do beside this one.
-- The service stores the setting while the policy has a `queue_order`; without it nothing is noted.
CREATE FUNCTION deskwright_queue_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO queue_due (ticket_id, due_at)
  SELECT NEW.id, '-infinity' WHERE EXISTS (SELECT FROM settings WHERE key = 'queue_order')
  ON CONFLICT (ticket_id) DO UPDATE SET due_at = excluded.due_at;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER queue_due_of_new AFTER INSERT ON tickets
  FOR EACH ROW WHEN (NEW.waiting_since IS NOT NULL) EXECUTE FUNCTION deskwright_queue_due();
--> statement-breakpoint
CREATE TRIGGER queue_due_of_changed AFTER UPDATE ON tickets
  FOR EACH ROW WHEN ((OLD.waiting_since, OLD.tier, OLD.priority, OLD.type, OLD.via, OLD.gone)
    IS DISTINCT FROM (NEW.waiting_since, NEW.tier, NEW.priority, NEW.type, NEW.via, NEW.gone))
  EXECUTE FUNCTION deskwright_queue_due();
