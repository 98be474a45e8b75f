-- Surveys that follow a plan of their own instead of a solve. Each person's place in it is an invitation.
CREATE TABLE campaigns (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  survey text NOT NULL CHECK (survey IN ('nps', 'pulse')),
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'stopped', 'done')),
  round integer NOT NULL DEFAULT 1,
  -- Begins again after each round, with those who belong to it then.
  repeats boolean NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  paused_at timestamptz,
  who text NOT NULL,
  why text,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX campaigns_under_way ON campaigns (survey) WHERE state IN ('running', 'paused');
--> statement-breakpoint
ALTER TABLE invitations ADD COLUMN campaign_id bigint REFERENCES campaigns (id);
--> statement-breakpoint
CREATE INDEX invitations_campaign ON invitations (campaign_id, state, due_at) WHERE campaign_id IS NOT NULL;
