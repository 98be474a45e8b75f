-- How often the same was sent by the same visitor with the same form: after some rows it is counted at the last of them.
ALTER TABLE survey_submissions ADD COLUMN times integer NOT NULL DEFAULT 1;
--> statement-breakpoint
-- Of the last that was counted; null: none was.
ALTER TABLE survey_submissions ADD COLUMN last_at timestamptz;
