-- The brand under which somebody is asked, by its name in Zendesk; null: that of the company.
ALTER TABLE invitations ADD COLUMN brand text;
--> statement-breakpoint
ALTER TABLE campaigns ADD COLUMN brand text;
