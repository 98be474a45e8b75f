-- Every minute the refunds and goodwill of today are compared with those of the 30 days before.
CREATE INDEX ledger_entries_day ON ledger_entries (day);
--> statement-breakpoint
CREATE INDEX goodwill_entries_day ON goodwill_entries (day);
--> statement-breakpoint
-- Who has looked into an alarm: it then stands on the dashboard no longer, whether it is still on or not.
ALTER TABLE alarms ADD COLUMN acknowledged_at timestamptz, ADD COLUMN acknowledged_by text;
