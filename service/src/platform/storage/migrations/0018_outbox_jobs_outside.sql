-- Jobs outside and leases of dead processes are looked up apart: neither is found among many of the other.
CREATE INDEX outbox_jobs_outside ON outbox (kind, claimed_until) WHERE state = 'in_flight' AND zendesk_job_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX outbox_left ON outbox (kind, claimed_until) WHERE state = 'in_flight' AND zendesk_job_id IS NULL;
--> statement-breakpoint
DROP INDEX outbox_leases;
--> statement-breakpoint
-- What the others replace: with it PostgreSQL walks all that waits for an entry of the right priority. A former version that runs beside this one is slower without it, no more.
DROP INDEX outbox_due;
