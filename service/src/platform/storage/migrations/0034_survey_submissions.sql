-- Every submission of a survey's form, how its pages were opened, and who chose another answer than the rules.
CREATE TABLE survey_openings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invitation_id bigint NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  page text NOT NULL,
  score integer,
  form text,
  network text,
  agent text NOT NULL
);
--> statement-breakpoint
CREATE INDEX survey_openings_invitation ON survey_openings (invitation_id);
--> statement-breakpoint
CREATE TABLE survey_submissions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invitation_id bigint NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
  at timestamptz NOT NULL,
  form text,
  step integer,
  final boolean NOT NULL,
  score integer NOT NULL,
  comment text NOT NULL DEFAULT '',
  drivers text[] NOT NULL DEFAULT '{}',
  may_contact boolean,
  network text,
  agent text NOT NULL,
  user_agent text NOT NULL DEFAULT '',
  seen jsonb NOT NULL,
  used boolean NOT NULL,
  verdict text NOT NULL,
  points integer NOT NULL,
  reasons text[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX survey_submissions_invitation ON survey_submissions (invitation_id);
--> statement-breakpoint
CREATE INDEX survey_submissions_network ON survey_submissions (network, at) WHERE NOT used AND network IS NOT NULL;
--> statement-breakpoint
CREATE TABLE survey_choices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invitation_id bigint NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
  submission_id bigint,
  at timestamptz NOT NULL,
  who text NOT NULL,
  why text NOT NULL
);
--> statement-breakpoint
CREATE INDEX survey_choices_invitation ON survey_choices (invitation_id);
--> statement-breakpoint
ALTER TABLE responses ADD COLUMN submission_id bigint;
--> statement-breakpoint
ALTER TABLE responses ADD COLUMN drivers text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
ALTER TABLE responses ADD COLUMN may_contact boolean;
--> statement-breakpoint
ALTER TABLE responses ADD COLUMN on_ticket integer;
