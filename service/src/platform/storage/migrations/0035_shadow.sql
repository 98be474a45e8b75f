-- What the whole policy would have done for a ticket, where part of it is in shadow.
ALTER TABLE decisions ADD COLUMN shadow jsonb;
--> statement-breakpoint
-- `in_shadow`: by the mode of the file, nothing was done for the ticket.
ALTER TABLE decisions DROP CONSTRAINT decisions_outcome_check;
--> statement-breakpoint
ALTER TABLE decisions ADD CONSTRAINT decisions_outcome_check
  CHECK (outcome IN ('acted', 'unchanged', 'left_to_human', 'not_open', 'in_shadow')) NOT VALID;
--> statement-breakpoint
CREATE INDEX decisions_shadow ON decisions (decided_at) WHERE shadow IS NOT NULL;
--> statement-breakpoint
-- Rows are written in the order of their times: a few pages say which part of the table holds a period.
CREATE INDEX decisions_decided ON decisions USING brin (decided_at);
