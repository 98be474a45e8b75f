// What does a small good policy file look like, for tests to spoil?

/** A policy without a mistake and without a warning. */
export const POLICY_TEXT = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours:
  weekdays: { mon-fri: "09:00-18:00", sat: "10:00-14:00" }
  holidays: [2026-12-25, 2027-01-01]
tiers:
  - { id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }
  - { id: t2, name: Tier 2, group: Support Tier 2 }
categories:
  - { id: refund, name: Refund, tier: t1, survey: ces }
  - { id: bug, name: Bug, tier: t2 }
  - { id: other, name: Other, tier: t1 }
default_category: other
triggers:
  - id: refund-wording
    title: Asks for money back
    conditions:
      all:
        - { field: status, operator: less_than, value: solved }
      any:
        - { field: text, operator: includes_any, value: [refund, "money back"] }
        - { field: subject, operator: matches, value: '\\breturn(ed|ing)?\\b' }
    actions: { category: refund, priority: high, add_tags: [money] }
views:
  - { title: Unassigned, order: oldest_first, keep: enforce }
surveys:
  csat: { delay: 24h, sample: 100%, expires: 14d }
  ces: { delay: 8bh, expires: 14d }
  contact_at_most_every: 30d
`;

/** The same policy with one stretch of its text changed. @throws Error when the stretch is not there */
export function policyTextWith(change: { replace: string; by: string }): string {
  if (!POLICY_TEXT.includes(change.replace)) throw new Error(`not in the policy: ${change.replace}`);
  return POLICY_TEXT.replace(change.replace, () => change.by);
}

/** The same policy with its only trigger's conditions replaced; give them in one line. */
export function policyTextWithConditions(conditions: string): string {
  return POLICY_TEXT.replace(/conditions:[\s\S]*(?= {4}actions)/, () => `conditions: ${conditions}\n`);
}
