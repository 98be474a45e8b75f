// Is this part of an answer what we rely on?
import type { z } from 'zod';
import { ZendeskError } from './zendesk.ts';

/** Reads `value` by `shape`; an answer of another shape is as good as none. `what` names the call. */
export function readShape<S extends z.ZodType>(shape: S, value: unknown, what: string): z.output<S> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ZendeskError('unavailable', `${what} answered without the ${where || 'content'} we rely on`, 200);
}
