// What may a policy file contain? The one source: types, JSON Schema and the reference page come from here.
import { z } from 'zod';
import { SURVEYS } from '../words/ticket-words.ts';
import { id, name } from './schema/atoms.ts';
import { businessHours } from './schema/business-hours-schema.ts';
import { category } from './schema/category-schema.ts';
import { surveys } from './schema/surveys-schema.ts';
import { tier } from './schema/tier-schema.ts';
import { timeZone } from './schema/time-zone-schema.ts';
import { trigger } from './schema/trigger-schema.ts';
import { view } from './schema/view-schema.ts';
import { zendesk } from './schema/zendesk-schema.ts';

/**
 * The shape of a policy, key by key. What one key says about another (that a tier exists, that ids are unique)
 * is checked by `loadPolicy`, which is the door for files; this schema alone is for code that builds policies.
 */
export const policySchema = z.strictObject({
  version: z
    .literal(1, { error: (issue) => (issue.input === undefined ? undefined : 'must be 1, the only version there is') })
    .meta({ description: 'The version of this format: 1.', examples: [1] }),
  company: name.meta({
    description: 'The name customers know, as it stands in surveys.',
    examples: ['Northwind Outdoor'],
  }),
  time_zone: timeZone.meta({
    description: "The place whose clock counts, as an IANA name (region/city). Summer time is the place's own.",
    examples: ['America/New_York', 'Europe/Berlin'],
  }),
  business_hours: businessHours.meta({
    description: 'When the business is open. Durations in `bh` count only these hours.',
  }),
  tiers: z
    .array(tier)
    .min(1, 'is empty; at least one tier is needed')
    .meta({ description: 'The levels of support, each a group in Zendesk.' }),
  categories: z
    .array(category)
    .min(1, 'is empty; at least one category is needed')
    .meta({ description: 'The reasons for contact. Every ticket gets exactly one.' }),
  default_category: id.meta({
    description: 'The category of a ticket for which no trigger sets one.',
    examples: ['other'],
  }),
  default_survey: z
    .enum([...SURVEYS, 'none'])
    .default('csat')
    .meta({ description: 'What is asked after a solved ticket whose category names no survey; `none` asks nothing.' }),
  triggers: z.array(trigger).default([]).meta({
    description: 'Rules, read from top to bottom: the first that sets a category wins it; tags and priority add up.',
  }),
  views: z.array(view).default([]).meta({ description: 'Views in Zendesk whose order Deskwright keeps.' }),
  surveys: surveys.prefault({}).meta({ description: 'What customers are asked after their ticket is solved.' }),
  zendesk: zendesk.prefault({}).meta({ description: 'How Deskwright uses your Zendesk.' }),
});

/** A policy as written, validated, defaults filled in. */
export type Policy = z.output<typeof policySchema>;
