-- By these the retention finds old rows; the other tables are walked by their ids.
CREATE INDEX tickets_erased ON tickets (updated_at) WHERE erased_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX guidance_ticks_done ON guidance_ticks (done_at);
