// The policy of a small shop, for tests of `explain`.

/** @param triggers the value of `triggers:`, indented by two spaces */
export const shopPolicy = (triggers: string): string => `
version: 1
company: Testshop
time_zone: Europe/Berlin
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
default_survey: none
triggers:${triggers}`;
