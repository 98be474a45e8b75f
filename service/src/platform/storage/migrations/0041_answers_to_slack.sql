-- The first message of each thread in Slack, and what Slack was told of each answer.
CREATE TABLE slack_threads (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel text NOT NULL,
  key text NOT NULL,
  ts text NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (channel, key)
);
--> statement-breakpoint
CREATE TABLE told_answers (
  invitation_id bigint PRIMARY KEY REFERENCES invitations (id) ON DELETE CASCADE,
  revision integer NOT NULL,
  score integer NOT NULL,
  channels text[] NOT NULL,
  at timestamptz NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  follow_up text
);
--> statement-breakpoint
CREATE INDEX told_answers_at ON told_answers (at);
--> statement-breakpoint
CREATE INDEX responses_changed ON responses (changed_at);
