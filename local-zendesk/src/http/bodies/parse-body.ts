// Validates the body of a call.
import type { z } from 'zod';
import type { Call, Reply } from '../call.ts';
import { findIgnoredKeys } from '../ignored-keys.ts';
import { invalidAttribute } from '../replies.ts';

/**
 * Runs `then` with the parsed body, or answers 400 naming the first attribute that is wrong. Keys the endpoint does not know are
 * dropped, as Zendesk drops them, and noted for the answer's warning.
 */
export function withBody<T>(
  call: Call,
  schema: z.ZodType<T>,
  then: (body: T) => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) {
    call.ignored.push(...findIgnoredKeys(schema, call.body ?? {}));
    return then(parsed.data);
  }
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'body';
  return invalidAttribute(`You passed an invalid value for the ${where} attribute. ${issue?.message ?? ''}`.trim());
}
