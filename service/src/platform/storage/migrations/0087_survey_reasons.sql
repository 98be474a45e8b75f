-- Why a reminder was not sent, in the words of `invitations.reason`; null: it was, or none is due.
ALTER TABLE invitations ADD COLUMN reminder_reason text;
--> statement-breakpoint
-- `parked`: it is unknown whether the reminder was handed over.
ALTER TABLE invitations DROP CONSTRAINT invitations_reminder_check,
  ADD CONSTRAINT invitations_reminder_check CHECK (reminder IN ('sending', 'sent', 'skipped', 'parked'));
--> statement-breakpoint
CREATE INDEX invitations_reminder_in_doubt ON invitations (id) WHERE reminder IN ('sending', 'parked');
--> statement-breakpoint
-- For the quota of a day.
CREATE INDEX invitations_nps_sent ON invitations (sent_at) WHERE survey = 'nps' AND sent_at IS NOT NULL;
--> statement-breakpoint
-- Why a campaign is done that nobody stopped; null: its rounds are over, or it is under way.
ALTER TABLE campaigns ADD COLUMN ended_because text;
--> statement-breakpoint
-- Who stopped, paused or resumed surveys, append-only. Of all surveys the last one holds.
CREATE TABLE survey_switches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Null: all surveys.
  campaign_id bigint,
  did text NOT NULL CHECK (did IN ('stop', 'pause', 'resume')),
  at timestamptz NOT NULL,
  who text NOT NULL,
  why text
);
--> statement-breakpoint
CREATE INDEX survey_switches_campaign ON survey_switches (campaign_id, id);
