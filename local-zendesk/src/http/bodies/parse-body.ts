// Is the body of a call what the endpoint wants?
import type { z } from 'zod';
import type { Call, Reply } from '../call.ts';
import { invalidAttribute } from '../replies.ts';

/** Runs `then` with the parsed body, or answers 400 naming the first attribute that is wrong. */
export function withBody<T>(
  call: Call,
  schema: z.ZodType<T>,
  then: (body: T) => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return then(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'body';
  return invalidAttribute(`You passed an invalid value for the ${where} attribute. ${issue?.message ?? ''}`.trim());
}
