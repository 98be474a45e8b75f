// Describes a record of a list that could not be read.

export type UnreadableRecordKind =
  | 'ticket'
  | 'comment'
  | 'audit'
  | 'user'
  | 'group'
  | 'organization'
  | 'brand'
  | 'form'
  | 'membership'
  | 'view'
  | 'audit_log';

export interface UnreadableRecord {
  kind: UnreadableRecordKind;
  /** Its id in Zendesk, or its position in the list if it has none. */
  id: string;
  /** The field, and what is wrong with it: without its content, which may be a customer's. */
  reason: string;
}

/** One read of one list; reported even if every record could be read. */
export interface ListReading {
  kind: UnreadableRecordKind;
  /** The ticket that the list belongs to; null for lists of the account. */
  ticketId: number | null;
  /** False: only some records of the list were read, so the others may still be unreadable. */
  complete: boolean;
  unreadable: readonly UnreadableRecord[];
}

/** Called after reads. Must not throw, and is not awaited. */
export type OnListRead = (reading: ListReading) => void;

/** The id of an unreadable ticket; null if the id itself is unreadable. */
export function ticketIdOf({ kind, id }: UnreadableRecord): number | null {
  const number = Number(id);
  return kind === 'ticket' && Number.isSafeInteger(number) && number > 0 ? number : null;
}
