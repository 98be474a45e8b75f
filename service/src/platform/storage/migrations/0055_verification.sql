-- How customers were asked to prove who they are, and what came of it.
CREATE TABLE verification_challenges (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id text NOT NULL UNIQUE,
  ticket_id bigint NOT NULL,
  requester_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  method text NOT NULL CHECK (method IN ('code', 'questions')),
  -- Of a code: asked (it is being mailed), sent, failed (no mail went out); ended: used, replaced or out of tries.
  state text NOT NULL CHECK (state IN ('asked', 'sent', 'failed', 'ended')),
  -- Of the code: scrypt with this salt. Null: not sent yet, or ended.
  salt bytea,
  hash bytea,
  wrong integer NOT NULL DEFAULT 0,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz
);
--> statement-breakpoint
CREATE INDEX verification_challenges_ticket ON verification_challenges (ticket_id, id);
--> statement-breakpoint
CREATE INDEX verification_challenges_requester ON verification_challenges (requester_id, asked_at);
--> statement-breakpoint
CREATE INDEX verification_challenges_agent ON verification_challenges (agent_id, asked_at);
--> statement-breakpoint
CREATE INDEX verification_challenges_asked ON verification_challenges (asked_at);
--> statement-breakpoint
CREATE TABLE verifications (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id bigint NOT NULL,
  requester_id bigint NOT NULL,
  agent_id bigint NOT NULL,
  method text NOT NULL CHECK (method IN ('code', 'questions')),
  outcome text NOT NULL CHECK (outcome IN ('verified', 'locked')),
  at timestamptz NOT NULL,
  -- Until when the customer counts as verified, or nobody can try again.
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX verifications_ticket ON verifications (ticket_id, id);
--> statement-breakpoint
CREATE INDEX verifications_requester ON verifications (requester_id, at);
--> statement-breakpoint
CREATE INDEX verifications_at ON verifications (at);
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON verification_challenges
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
--> statement-breakpoint
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON verifications
  FOR EACH ROW EXECUTE FUNCTION deskwright_tell_live('ticket_id');
