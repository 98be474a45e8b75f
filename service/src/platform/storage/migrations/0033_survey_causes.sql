-- What an invitation is about, apart from how it is delivered: a solved ticket, a campaign, or an agent who asked for it. Only a campaign's has no ticket.
ALTER TABLE invitations ADD COLUMN cause text NOT NULL DEFAULT 'solve' CHECK (cause IN ('solve', 'campaign', 'request'));
--> statement-breakpoint
ALTER TABLE invitations ALTER COLUMN ticket_id DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE invitations ALTER COLUMN solved_at DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE invitations ALTER COLUMN category DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE invitations DROP CONSTRAINT invitations_survey_check;
--> statement-breakpoint
ALTER TABLE invitations ADD CONSTRAINT invitations_survey_check CHECK (survey IN ('csat', 'ces', 'nps', 'pulse')) NOT VALID;
