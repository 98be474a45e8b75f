-- Tickets at a department are not in their tier's queue. With the group beside the key, the place is still counted from the index alone.
DROP INDEX tickets_queue;
--> statement-breakpoint
CREATE INDEX tickets_queue ON tickets (tier, waiting_since, id) INCLUDE (group_id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL;
