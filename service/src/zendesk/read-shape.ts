// Checks that an answer has the fields we need.
import { z } from 'zod';
import type { ListReading, OnListRead, UnreadableRecord } from './unreadable-record.ts';
import { ZendeskError, type ZendeskErrorKind } from './zendesk.ts';

/** Parses `value` by `shape`; an answer of another shape counts as no answer. `what` names the call. */
export function readShape<S extends z.ZodType>(shape: S, value: unknown, what: string): z.output<S> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ZendeskError('unavailable', `${what} returned an answer without the expected ${where || 'content'}`, 200);
}

export type ReadList = ReturnType<typeof createReadList>;

/**
 * Reads lists record by record: a record that cannot be read is left out and reported to `onListRead`, and the others are kept. A value
 * that is not a list counts as no answer.
 */
export function createReadList(onListRead: OnListRead) {
  return <S extends z.ZodType>(
    shape: S,
    value: unknown,
    { kind, what, ticketId = null, complete = true }: ListOf,
  ): z.output<S>[] => {
    const { records, unreadable } = readRecords(shape, value, { kind, what });
    onListRead({ kind, ticketId, complete, unreadable });
    return records;
  };
}

interface ListOf extends Pick<ListReading, 'kind'>, Partial<Pick<ListReading, 'ticketId' | 'complete'>> {
  /** Names the call. */
  what: string;
}

/** The records that could be read, and the problems of the others. */
export function readRecords<S extends z.ZodType>(
  shape: S,
  value: unknown,
  { kind, what }: ListOf,
): { records: z.output<S>[]; unreadable: UnreadableRecord[] } {
  const records: z.output<S>[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const [index, record] of readShape(z.array(z.unknown()), value, what).entries()) {
    const parsed = shape.safeParse(record);
    if (parsed.success) records.push(parsed.data);
    else
      unreadable.push({
        kind,
        id: idOf(record) ?? `number ${index + 1} of the list`,
        reason: describeIssue(parsed.error),
      });
  }
  return { records, unreadable };
}

function idOf(record: unknown): string | null {
  const id: unknown = typeof record === 'object' && record !== null && 'id' in record ? record.id : null;
  return typeof id === 'number' || (typeof id === 'string' && /^[\w-]{1,40}$/.test(id)) ? String(id) : null;
}

/** Names the field and its problem, never its value: that may be a customer's. */
function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join('.');
  const message = issue?.message ?? 'unreadable';
  return field ? `${field}: ${message}` : message;
}

/** The value, or null if Zendesk refuses with one of `kinds`. */
export async function orNull<T>(
  asked: Promise<T>,
  kinds: readonly ZendeskErrorKind[] = ['not_found'],
): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ZendeskError && kinds.includes(error.kind)) return null;
    throw error;
  }
}
