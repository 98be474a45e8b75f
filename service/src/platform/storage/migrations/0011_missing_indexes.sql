-- A finished bulk job is looked up by its id, among all that was ever written.
CREATE INDEX outbox_job ON outbox (zendesk_job_id) WHERE zendesk_job_id IS NOT NULL;
--> statement-breakpoint
-- Who has waited longest, whatever the tier: the queue over all tiers and the metric of the longest wait.
CREATE INDEX tickets_waiting ON tickets (waiting_since, id) WHERE gone IS NULL AND waiting_since IS NOT NULL;
--> statement-breakpoint
CREATE INDEX invitations_parked ON invitations (id) WHERE state = 'parked';
