// A small valid policy file, which tests change.

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

/** The same policy with all that agents see beside a ticket; without a mistake and without a warning. */
export const SIDEBAR_POLICY_TEXT = `${POLICY_TEXT}tone_of_voice: Warm and plain.
targets:
  - { tier: t1, priority: urgent, first_reply: 1h }
  - { channel: email, first_reply: 8bh, next_reply: 8bh }
escalation:
  fields:
    - { id: summary, label: Summary }
    - { id: steps_tried, label: Steps tried, hint: One a line, required: false }
  criteria:
    - tier: t1
      when:
        - text: Somebody threatens with a lawyer
          conditions: { any: [{ field: text, operator: includes_any, value: [lawyer] }] }
        - text: The steps are done
departments:
  - id: warehouse
    name: Warehouse
    group: Warehouse
    hours: { weekdays: { mon-fri: "07:00-16:00" }, holidays: [2026-12-25] }
    answers_within: 4bh
    fields: [{ id: parcel, label: Parcel }]
  - { id: finance, name: Finance, group: Finance, contact: Ana }
refunds:
  currency: USD
  needs_verified_customer_above: 100
  limits:
    - { tier: t1, per_refund: "49.90", per_agent_per_day: 200 }
    - { agents: [trainee@northwind.test], per_refund: 0, per_agent_per_day: 0 }
  approve_above_limit: [lead@northwind.test]
promises: [get back to you, let you know]
`;

/** The same policy with one stretch of its text changed. @throws Error when the stretch is not there */
export function policyTextWith(change: { replace: string; by: string }, text = POLICY_TEXT): string {
  if (!text.includes(change.replace)) throw new Error(`not in the policy: ${change.replace}`);
  return text.replace(change.replace, () => change.by);
}

/** The same policy with its only trigger's conditions replaced; give them in one line. */
export function policyTextWithConditions(conditions: string): string {
  return POLICY_TEXT.replace(/conditions:[\s\S]*(?= {4}actions)/, () => `conditions: ${conditions}\n`);
}
