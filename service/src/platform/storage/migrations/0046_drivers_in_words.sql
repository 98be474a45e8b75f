-- Drivers that the policy's lexicon found in the comment, beside those that the customer ticked: ids only, no words.
ALTER TABLE responses ADD COLUMN drivers_in_words text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
-- The lexicon by which the comment was read last; null: by none.
ALTER TABLE responses ADD COLUMN lexicon text;
--> statement-breakpoint
-- Finds the comments to be read again after the lexicon was changed.
CREATE INDEX responses_lexicon ON responses (lexicon, invitation_id) WHERE comment <> '';
--> statement-breakpoint
-- The same of answers that were imported from another tool.
ALTER TABLE imported_answers ADD COLUMN drivers_in_words text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
ALTER TABLE imported_answers ADD COLUMN lexicon text;
--> statement-breakpoint
CREATE INDEX imported_answers_lexicon ON imported_answers (lexicon, id) WHERE comment <> '';
