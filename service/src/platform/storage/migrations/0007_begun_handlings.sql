-- An event that ends the process must be noticed before it is handled again: who holds it, and how many who held it are gone.
ALTER TABLE inbox ADD COLUMN held_by text;
--> statement-breakpoint
ALTER TABLE inbox ADD COLUMN unfinished integer NOT NULL DEFAULT 0;
