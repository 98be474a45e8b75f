// Describes what a trigger or an automation of Zendesk changed on a ticket.

/** One field, by one rule. */
export interface RuleChange {
  auditId: number;
  /** ISO 8601. */
  at: string;
  kind: 'trigger' | 'automation';
  /** Null: Zendesk does not say. */
  ruleId: number | null;
  title: string;
  /** The rule does not exist any more. */
  isDeleted: boolean;
  /** `status`, `priority`, `group_id`, `tags`; the number of a custom field. */
  field: string;
  /** Ids and numbers as text; a list of tags. Null: none. */
  from: string | readonly string[] | null;
  to: string | readonly string[] | null;
}

export interface RuleChangePage {
  /** Oldest first. Those that cannot be read are left out. */
  changes: RuleChange[];
  /** What to ask for after this page; null: it is the last. */
  cursor: string | null;
}
