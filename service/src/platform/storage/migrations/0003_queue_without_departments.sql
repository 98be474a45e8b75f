-- Tickets at a department are not in their tier's queue. With the group beside the key, the place is still counted from the index alone.
-- The old index goes last: from then on nobody else may touch the table until this is done.
CREATE INDEX tickets_queue_groups ON tickets (tier, waiting_since, id) INCLUDE (group_id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL;
--> statement-breakpoint
DROP INDEX tickets_queue;
--> statement-breakpoint
ALTER INDEX tickets_queue_groups RENAME TO tickets_queue;
