// Checks that an answer has the fields we rely on.
import { z } from 'zod';
import type { ListReading, OddRecord, OnListRead } from './odd-record.ts';
import { ZendeskError } from './zendesk.ts';

/** Reads `value` by `shape`; an answer of another shape is as good as none. `what` names the call. */
export function readShape<S extends z.ZodType>(shape: S, value: unknown, what: string): z.output<S> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ZendeskError('unavailable', `${what} answered without the ${where || 'content'} we rely on`, 200);
}

export type ReadList = ReturnType<typeof createReadList>;

/**
 * Reads lists record by record: one of a form we do not know does not cost the others, it is left out and told to `onListRead`. A list that
 * is no list is as good as no answer.
 */
export function createReadList(onListRead: OnListRead) {
  return <S extends z.ZodType>(
    shape: S,
    value: unknown,
    { kind, what, ticketId = null, whole = true }: ListOf,
  ): z.output<S>[] => {
    const { records, odd } = readRecords(shape, value, { kind, what });
    onListRead({ kind, ticketId, whole, odd });
    return records;
  };
}

interface ListOf extends Pick<ListReading, 'kind'>, Partial<Pick<ListReading, 'ticketId' | 'whole'>> {
  /** Names the call. */
  what: string;
}

/** The records that can be read, and what is odd about the others. */
export function readRecords<S extends z.ZodType>(
  shape: S,
  value: unknown,
  { kind, what }: ListOf,
): { records: z.output<S>[]; odd: OddRecord[] } {
  const records: z.output<S>[] = [];
  const odd: OddRecord[] = [];
  for (const [index, record] of readShape(z.array(z.unknown()), value, what).entries()) {
    const parsed = shape.safeParse(record);
    if (parsed.success) records.push(parsed.data);
    else odd.push({ kind, id: idOf(record) ?? `number ${index + 1} of the list`, reason: tellIssue(parsed.error) });
  }
  return { records, odd };
}

function idOf(record: unknown): string | null {
  const id: unknown = typeof record === 'object' && record !== null && 'id' in record ? record.id : null;
  return typeof id === 'number' || (typeof id === 'string' && /^[\w-]{1,40}$/.test(id)) ? String(id) : null;
}

/** Names the field and what is wrong, never what stood in it: that may be a customer's. */
function tellIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join('.');
  const message = issue?.message ?? 'unreadable';
  return field ? `${field}: ${message}` : message;
}
