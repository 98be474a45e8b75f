// What may the sidebar send?
import type { CorrectCategory, Escalate, TickStep } from '@deskwright/shared/contract';
import { z } from 'zod';

/** Zendesk's ids are whole numbers that JavaScript holds exactly. */
const id = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);
const name = z.string().min(1).max(200);
/** PostgreSQL keeps no NUL, and no half of a surrogate pair. */
const text = z
  .string()
  .max(10_000)
  .transform((words) => words.replaceAll('\u0000', '').toWellFormed());

export const onTicketShape = z.object({ id });
export const onCorrectionShape = z.object({ id, correctionId: id });
export const onStepShape = z.object({ id, stepId: name });
export const liveShape = z.object({ ticket: id });

export const correctCategoryShape: z.ZodType<CorrectCategory> = z.object({ from: name, category: name });
export const tickStepShape: z.ZodType<TickStep> = z.object({ done: z.boolean() });
export const escalateShape: z.ZodType<Escalate> = z.object({
  to: z.object({ kind: z.enum(['tier', 'department']), id: name }),
  fields: z.record(name, text).refine((fields) => Object.keys(fields).length <= 50),
  requestId: z.string().regex(/^[\w-]{8,100}$/),
});
export const renewShape = z.object({ renewal: z.string().min(1).max(4_000) });
