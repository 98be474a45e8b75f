-- A claim is named by a number that never comes again, so that a late end of an earlier claim finds nothing to settle. `attempts` from
-- here on counts failures; `unfinished` counts claims that ended without a word, as when the process dies.
ALTER TABLE outbox
  ADD COLUMN claims integer NOT NULL DEFAULT 0,
  ADD COLUMN unfinished integer NOT NULL DEFAULT 0,
  ADD COLUMN alone boolean NOT NULL DEFAULT false;
--> statement-breakpoint
UPDATE outbox SET alone = true WHERE state = 'waiting' AND attempts > 0;
--> statement-breakpoint
-- Writes stopped for all: Zendesk is away or refuses us. And the update limit that the account's answers tell.
ALTER TABLE write_budget
  ADD COLUMN stopped_since timestamptz,
  ADD COLUMN stopped_because text CHECK (stopped_because IN ('unavailable', 'refused')),
  ADD COLUMN account_per_minute double precision,
  ADD COLUMN account_seen_at timestamptz;
