-- The IANA time zone that Zendesk shows of a user; null: unknown.
ALTER TABLE people ADD COLUMN time_zone text;
--> statement-breakpoint
-- When somebody who has not answered is reminded, once; null: never, or it was. `sending` for good: the process ended while it handed the reminder over.
ALTER TABLE invitations ADD COLUMN remind_at timestamptz;
--> statement-breakpoint
ALTER TABLE invitations ADD COLUMN reminder text CHECK (reminder IN ('sending', 'sent', 'skipped'));
--> statement-breakpoint
-- A reminder has a link of its own, because only hashes of links are kept.
ALTER TABLE invitations ADD COLUMN reminder_token_hash bytea;
--> statement-breakpoint
CREATE INDEX invitations_remind ON invitations (remind_at) WHERE remind_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX invitations_reminder_token ON invitations (reminder_token_hash) WHERE reminder_token_hash IS NOT NULL;
--> statement-breakpoint
CREATE INDEX invitations_recipient ON invitations (recipient, sent_at) WHERE recipient IS NOT NULL;
--> statement-breakpoint
-- Tickets whose customers Zendesk itself asked how satisfied they are: they count as contacts too.
CREATE TABLE zendesk_surveys (
  ticket_id bigint PRIMARY KEY,
  requester_id bigint NOT NULL,
  -- At the latest.
  asked_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX zendesk_surveys_requester ON zendesk_surveys (requester_id, asked_at);
