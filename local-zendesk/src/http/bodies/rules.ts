// Validates request bodies of views, triggers and macros.
import { z } from 'zod';
import { action, conditions, flag, id, restriction, text } from './common.ts';

const order = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(z.enum(['asc', 'desc']));
const column = z.union([z.string(), z.number()]);

const output = z.object({
  columns: z.array(column).optional(),
  group_by: column.transform(String).nullable().optional(),
  group_order: order.optional(),
  sort_by: column.transform(String).nullable().optional(),
  sort_order: order.optional(),
});

const view = z.object({
  title: text.optional(),
  description: text.nullable().optional(),
  active: flag.optional(),
  position: z.number().optional(),
  all: conditions.optional(),
  any: conditions.optional(),
  output: output.optional(),
  restriction: restriction.optional(),
});

export const viewBody = z.object({ view });
/** Here only id, position and active count: sorting cannot be set. */
export const viewsUpdateBody = z.object({
  views: z.array(z.object({ id, position: z.number().optional(), active: flag.optional() })).min(1),
});
export const viewPreviewBody = z.object({ view: view.extend({ all: conditions.default([]) }) });

const trigger = z
  .object({
    title: text.optional(),
    description: text.nullable().optional(),
    active: flag.optional(),
    position: z.number().optional(),
    category_id: z
      .union([text, z.number().transform(String)])
      .nullable()
      .optional(),
    conditions: z.object({ all: conditions.optional(), any: conditions.optional() }).optional(),
    /** Deprecated spelling of the same. */
    all: conditions.optional(),
    any: conditions.optional(),
    actions: z.array(action).optional(),
  })
  .transform(({ all, any, ...rest }) => ({
    ...rest,
    conditions: rest.conditions ?? (all === undefined && any === undefined ? undefined : { all, any }),
  }));

export const triggerBody = z.object({ trigger });
export const triggerReorderBody = z.object({ trigger_ids: z.array(id) });

export const macroBody = z.object({
  macro: z.object({
    title: text.optional(),
    description: text.nullable().optional(),
    active: flag.optional(),
    position: z.number().optional(),
    actions: z.array(action).optional(),
    restriction: restriction.optional(),
  }),
});

const automation = z
  .object({
    title: text.optional(),
    active: flag.optional(),
    position: z.number().optional(),
    conditions: z.object({ all: conditions.optional(), any: conditions.optional() }).optional(),
    all: conditions.optional(),
    any: conditions.optional(),
    actions: z.array(action).optional(),
  })
  .transform(({ all, any, ...rest }) => ({
    ...rest,
    conditions: rest.conditions ?? (all === undefined && any === undefined ? undefined : { all, any }),
  }));

const position = z.object({ id, position: z.number().optional(), active: flag.optional() });
export const triggersUpdateBody = z.object({ triggers: z.array(position).min(1) });
export const macrosUpdateBody = z.object({ macros: z.array(position).min(1) });
export const automationBody = z.object({ automation });
export const automationsUpdateBody = z.object({
  automations: z.array(position).min(1),
});
