-- The oldest of nobody's tickets, for agents who see the tickets of some groups or of their organization: one look at the index for each group.
CREATE INDEX tickets_nobodys_group ON tickets (tier, group_id, waiting_since, id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL AND assignee_id IS NULL;
--> statement-breakpoint
CREATE INDEX tickets_nobodys_organization ON tickets (organization_id, tier, waiting_since, id)
  WHERE gone IS NULL AND waiting_since IS NOT NULL AND assignee_id IS NULL AND organization_id IS NOT NULL;
