// Declares the policy file; types, JSON Schema and the reference page are derived from it.
import { z } from 'zod';
import { SURVEYS } from '../words/survey-kinds.ts';
import { checkInclude } from './check/check-file-names.ts';
import { checkPromise } from './check/check-promise.ts';
import { alarms, reminders } from './schema/alerts-schema.ts';
import { id, line, name } from './schema/atoms.ts';
import { avoid } from './schema/avoid-schema.ts';
import { businessHours } from './schema/business-hours-schema.ts';
import { category } from './schema/category-schema.ts';
import { department } from './schema/department-schema.ts';
import { escalation } from './schema/escalation-schema.ts';
import { fromCheck } from './schema/from-check.ts';
import { goal } from './schema/goals-schema.ts';
import { lookup } from './schema/lookup-schema.ts';
import { policyMode } from './schema/mode-schema.ts';
import { queueOrder } from './schema/queue-order-schema.ts';
import { refunds } from './schema/refunds-schema.ts';
import { report } from './schema/reports-schema.ts';
import { retention } from './schema/retention-schema.ts';
import { surveys } from './schema/surveys-schema.ts';
import { target } from './schema/targets-schema.ts';
import { policyTest } from './schema/test-schema.ts';
import { tier } from './schema/tier-schema.ts';
import { timeZone } from './schema/time-zone-schema.ts';
import { tool } from './schema/tools-schema.ts';
import { trigger } from './schema/trigger-schema.ts';
import { verification } from './schema/verification-schema.ts';
import { view } from './schema/view-schema.ts';
import { zendesk } from './schema/zendesk-schema.ts';

const keys = z.strictObject({
  version: z
    .literal(1, { error: (issue) => (issue.input === undefined ? undefined : 'must be 1, the only version there is') })
    .meta({ description: 'The version of this format: 1.', examples: [1] }),
  company: name.meta({
    description: 'The company name that customers know, as shown in surveys.',
    examples: ['Northwind Outdoor'],
  }),
  include: z
    .array(
      z
        .string()
        .max(200, 'is longer than 200 characters')
        .check(fromCheck(checkInclude))
        .meta({ title: 'file name', pattern: String.raw`^(?!\/)(?!.*\.\.\/)[^\\]+\.ya?ml$` }),
    )
    .optional()
    .meta({
      description:
        'Further files of this policy, named from its folder; the name of a file may have a `*`. Their lists are appended in this order, every other key is allowed in one file only.',
      examples: [['triggers/*.yaml']],
    }),
  mode: policyMode.default('act').meta({
    description:
      '`observe`: Deskwright receives, decides and shows everything, and writes nothing: no ticket, no view, no mail. `act`: it acts once `deskwright activate` has been run. ' +
      '`shadow`: what the triggers would do is decided and recorded, and no ticket is changed. `10%`: they act for that share of the tickets, always the same ones; the others are in shadow. ' +
      'Of the mode of the file and that of a trigger, the stricter counts. Views are kept in order in every mode except `observe`, because their order needs no trigger. No survey is sent about a ticket in shadow by the mode of the file. ' +
      'Refund limits apply in every mode, by the tier of the ticket: they limit what agents do.',
    examples: ['observe', 'shadow', '10%'],
  }),
  time_zone: timeZone.meta({
    description: "The place whose clock counts, as an IANA name (region/city). Summer time is the place's own.",
    examples: ['America/New_York', 'Europe/Berlin'],
  }),
  business_hours: businessHours.default({ weekdays: { 'mon-sun': '00:00-24:00' }, holidays: [] }).meta({
    description:
      'When the business is open. Durations in `bh` count only these hours. Left out: always open, and no duration may be in `bh`.',
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
    .optional()
    .meta({
      description:
        'The survey for solved tickets whose category names no survey; `none` for no survey. Left out: `csat` if `surveys` defines it, otherwise `none`.',
    }),
  triggers: z.array(trigger).default([]).meta({
    description: 'Rules, read from top to bottom: the first that sets a category wins it; tags and priority add up.',
  }),
  views: z.array(view).default([]).meta({ description: 'Views in Zendesk whose order Deskwright keeps.' }),
  tone_of_voice: line(140, '; it must fit on a line or two')
    .optional()
    .meta({
      description: 'How you sound to customers, in one line that agents see beside every ticket.',
      examples: ['Warm, plain and honest. Say sorry once, and mean it.'],
    }),
  targets: z.array(target).default([]).meta({
    description: 'How soon customers are answered, read from top to bottom: the first that fits a ticket counts.',
  }),
  queue_order: queueOrder.optional().meta({
    description:
      'Which tickets come first in a tier, and why. Left out: the longest wait comes first, and nothing else counts.',
  }),
  escalation: escalation.prefault({}).meta({ description: 'When a ticket moves on, and what must be said then.' }),
  departments: z
    .array(department)
    .default([])
    .meta({ description: 'Other departments that a ticket can be handed off to.' }),
  refunds: refunds.optional().meta({ description: 'Who may refund how much. Left out: the sidebar shows no refunds.' }),
  tools: z.array(tool).max(40, 'has more than 40 entries').default([]).meta({
    description:
      'What agents can look up or do in the systems of the company from the sidebar: find an account, cancel it, reset a password, read log files, track a package.',
  }),
  verification: verification.optional().meta({
    description: 'How agents verify a customer’s identity. Left out: customers cannot be verified.',
  }),
  promises: z
    .array(z.string().max(100, 'is longer than 100 characters').check(fromCheck(checkPromise)).meta({ title: 'text' }))
    .default(['get back to you', 'let you know', 'keep you posted', 'keep you updated', 'follow up'])
    .meta({
      description:
        'Words by which an agent promises to come back, with the marks of `includes_any`. The sidebar reminds of such promises until the next public reply.',
      examples: [['get back to you', 'let you know']],
    }),
  avoid: z.array(avoid).max(200, 'has more than 200 entries').default([]).meta({
    description:
      'Phrases that replies should not have. An agent who submits a public reply with one is asked once, and may send it anyway.',
  }),
  lookups: z.array(lookup).max(10, 'has more than 10 entries').default([]).meta({
    description:
      'Numbers to find in what customers write, such as order numbers. The sidebar shows them with a button to copy, and guidance fills them in.',
  }),
  surveys: surveys.prefault({}).meta({ description: 'What customers are asked after their ticket is solved.' }),
  goals: z.array(goal).max(50, 'has more than 50 entries').default([]).meta({
    description: 'What support wants to reach, shown on the dashboard as on or off track.',
  }),
  alarms: alarms.prefault({}).meta({ description: 'What leaders are notified of immediately.' }),
  reminders: reminders
    .prefault({})
    .meta({ description: 'When agents are reminded of customers who wait, and of promises.' }),
  reports: z.array(report).max(50, 'has more than 50 entries').default([]).meta({
    description: 'Reports that are sent by mail or to Slack. `deskwright report` prints one at any time.',
  }),
  tests: z.array(policyTest).max(10_000, 'has more than 10,000 entries').default([]).meta({
    description:
      'Tickets with what must be decided for them. `deskwright test` runs them, and a policy whose tests fail is refused.',
  }),
  retention: retention.prefault({}).meta({ description: 'How long what was recorded is kept.' }),
  zendesk: zendesk.prefault({}).meta({ description: 'How Deskwright uses your Zendesk.' }),
});

/**
 * The shape of a policy, key by key. What one key says about another (that a tier exists, that ids are unique)
 * is checked by `loadPolicy`, which reads files; this schema alone is for code that builds policies.
 */
export const policySchema = keys.transform((policy) => ({
  ...policy,
  default_survey: policy.default_survey ?? (policy.surveys.csat ? ('csat' as const) : ('none' as const)),
}));

/** A policy as written, validated, defaults filled in. */
export type Policy = z.output<typeof policySchema>;
