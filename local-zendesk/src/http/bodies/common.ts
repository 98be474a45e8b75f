// Schemas that request bodies share.
import { z } from 'zod';

/** Zendesk takes ids as numbers and as digits in quotes. */
export const id = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);
export const optionalId = z.union([z.null(), id]).optional();
export const text = z.string();
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);

/** Tags come as a list or as one text with blanks or commas. */
export const tags = z.union([z.array(z.string()), z.string().transform((value) => value.split(/[\s,]+/))]);

const ruleScalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const ruleValue = z.union([z.null(), ruleScalar, z.array(ruleScalar)]);

const condition = z.object({
  field: z.string(),
  operator: z.string().default('is'),
  value: ruleValue.default(null),
});
export const conditions = z.array(condition);
export const action = z.object({ field: z.string(), value: ruleValue.default(null) });

export const restriction = z
  .object({ type: z.enum(['Group', 'User']), id: id.optional(), ids: z.array(id).optional() })
  .transform(({ type, id: one, ids }) => ({ type, id: one ?? ids?.[0] ?? 0, ...(ids && { ids }) }))
  .nullable();
