// What may a policy file contain? The one source: types, JSON Schema and the reference page come from here.
import { z } from 'zod';
import { PRIORITIES, SURVEYS } from '../words/ticket-words.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'small letters, digits and _ only, starting with a letter');
const name = z.string().min(1).max(100);
const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(m|h|d|bh)$/, 'a number and a unit: 30m, 24h, 5d or 8bh (business hours)');

export type ConditionValue = string | number | boolean | (string | number)[];
export interface Condition {
  field: string;
  operator: string;
  value?: ConditionValue | undefined;
}
export interface ConditionGroup {
  all?: ConditionNode[] | undefined;
  any?: ConditionNode[] | undefined;
  none?: ConditionNode[] | undefined;
}
export type ConditionNode = Condition | ConditionGroup;

const condition = z.strictObject({
  field: z.string(),
  operator: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
});
const conditionGroup: z.ZodType<ConditionGroup> = z.lazy(() =>
  z.strictObject({
    all: z.array(conditionNode).optional(),
    any: z.array(conditionNode).optional(),
    none: z.array(conditionNode).optional(),
  }),
);
const conditionNode: z.ZodType<ConditionNode> = z.lazy(() => z.union([condition, conditionGroup]));

export const policySchema = z.strictObject({
  version: z.literal(1),
  company: name,
  time_zone: z.string(),
  business_hours: z.strictObject({
    weekdays: z.record(z.string(), z.string()),
    holidays: z.array(z.string()).default([]),
  }),
  tiers: z
    .array(z.strictObject({ id, name, group: name, handles: z.string().optional(), escalates_to: id.optional() }))
    .min(1),
  categories: z.array(z.strictObject({ id, name, tier: id, survey: z.enum(SURVEYS).optional() })).min(1),
  default_category: id,
  default_survey: z.enum([...SURVEYS, 'none']).default('csat'),
  triggers: z
    .array(
      z.strictObject({
        id: z.string(),
        title: name,
        conditions: conditionGroup,
        actions: z.strictObject({
          category: id.optional(),
          priority: z.enum(PRIORITIES).optional(),
          add_tags: z.array(z.string()).optional(),
        }),
      }),
    )
    .default([]),
  views: z
    .array(
      z.strictObject({
        title: name.optional(),
        id: z.number().int().positive().optional(),
        order: z.enum(['oldest_first']).default('oldest_first'),
        keep: z.enum(['enforce', 'warn']).default('enforce'),
      }),
    )
    .default([]),
  surveys: z.strictObject({
    csat: z.strictObject({ delay: duration, sample: z.string().default('100%'), expires: duration }).optional(),
    ces: z.strictObject({ delay: duration, sample: z.string().default('100%'), expires: duration }).optional(),
    contact_at_most_every: duration.default('30d'),
  }),
  zendesk: z
    .strictObject({
      writes_per_minute: z.number().int().min(1).max(100).default(60),
      decision_note: z.boolean().default(true),
    })
    .prefault({}),
});

/** A policy as written, validated, defaults filled in. */
export type Policy = z.output<typeof policySchema>;
