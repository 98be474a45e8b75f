-- How often an answer could not be put on its ticket, followed up and thanked for; after some tries it is set aside for an operator.
ALTER TABLE responses ADD COLUMN failures integer NOT NULL DEFAULT 0;
--> statement-breakpoint
-- The last error, without customers' words; null: there was none.
ALTER TABLE responses ADD COLUMN failure text;
--> statement-breakpoint
CREATE INDEX responses_failures ON responses (invitation_id) WHERE failures > 0;
