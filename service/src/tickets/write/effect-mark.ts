// How do we recognise, in a ticket's audits, a write of ours whose answer never came?
import type { TicketWrite } from '../../zendesk/zendesk.ts';
import type { OutboxRow } from './stored-effect.ts';

/** Id and birth, so that a service that starts over with an empty database does not take old audits for its own. */
const markOf = (row: Pick<OutboxRow, 'id' | 'createdAt'>): string =>
  `${row.id}-${row.createdAt.getTime().toString(36)}`;

/** What goes into the write's `metadata`; Zendesk keeps it in the audit. */
export function markWrite(rows: readonly Pick<OutboxRow, 'id' | 'createdAt'>[]): NonNullable<TicketWrite['metadata']> {
  return { deskwright_effects: rows.map(markOf).join(' ') };
}

/** Whether one of the audits (their `metadata.custom`) came from a write that carried this row. */
export function isWritten(
  row: Pick<OutboxRow, 'id' | 'createdAt'>,
  audits: readonly { custom: Record<string, unknown> }[],
): boolean {
  const mark = markOf(row);
  return audits.some(({ custom: { deskwright_effects: marks } }) =>
    typeof marks === 'string' ? marks.split(' ').includes(mark) : false,
  );
}
