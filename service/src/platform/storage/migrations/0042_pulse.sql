-- Answers of the agent pulse, with nothing that leads to who gave them.
CREATE TABLE pulse_rounds (
  campaign_id bigint NOT NULL REFERENCES campaigns (id),
  round integer NOT NULL,
  starts_at timestamptz NOT NULL,
  -- No answer is taken from then on, and none is shown before. Null: still open.
  closed_at timestamptz,
  -- Written at the closing.
  asked integer,
  answered integer,
  PRIMARY KEY (campaign_id, round)
);
--> statement-breakpoint
-- No time and no rising id: every answer writes all rows of its round anew, in random order.
CREATE TABLE pulse_answers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id bigint NOT NULL,
  round integer NOT NULL,
  score integer NOT NULL,
  FOREIGN KEY (campaign_id, round) REFERENCES pulse_rounds (campaign_id, round) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE INDEX pulse_answers_round ON pulse_answers (campaign_id, round);
--> statement-breakpoint
-- Apart from the scores, so that whoever recognizes a colleague by the words does not learn the score.
CREATE TABLE pulse_comments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id bigint NOT NULL,
  round integer NOT NULL,
  comment text NOT NULL,
  FOREIGN KEY (campaign_id, round) REFERENCES pulse_rounds (campaign_id, round) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE INDEX pulse_comments_round ON pulse_comments (campaign_id, round);
--> statement-breakpoint
-- The campaign's round; null: of no campaign, or written before rounds were told apart.
ALTER TABLE invitations ADD COLUMN round integer;
--> statement-breakpoint
-- Answers that an earlier version stored with who gave them.
DELETE FROM responses r USING invitations i WHERE i.id = r.invitation_id AND i.survey = 'pulse';
--> statement-breakpoint
DELETE FROM survey_submissions s USING invitations i WHERE i.id = s.invitation_id AND i.survey = 'pulse';
--> statement-breakpoint
DELETE FROM survey_openings o USING invitations i WHERE i.id = o.invitation_id AND i.survey = 'pulse';
--> statement-breakpoint
DELETE FROM survey_choices c USING invitations i WHERE i.id = c.invitation_id AND i.survey = 'pulse';
--> statement-breakpoint
UPDATE invitations SET state = 'cancelled', reason = 'campaign_stopped', remind_at = NULL
WHERE survey = 'pulse' AND state IN ('scheduled', 'sent', 'answered', 'parked');
