-- The same message may be told by events of different times: its own id says that it is one.
ALTER TABLE comments ADD COLUMN message_id text;
--> statement-breakpoint
CREATE UNIQUE INDEX comments_message ON comments (ticket_id, message_id) WHERE message_id IS NOT NULL;
