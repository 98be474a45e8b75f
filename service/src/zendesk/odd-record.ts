// Reports a record of a list that could not be read.

export type OddRecordKind =
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

export interface OddRecord {
  kind: OddRecordKind;
  /** As Zendesk writes it, or its place in the list where it has none. */
  id: string;
  /** The field, and what is wrong with it: without its content, which may be a customer's. */
  reason: string;
}

/** One reading of one list, told also when nothing in it was odd. */
export interface ListReading {
  kind: OddRecordKind;
  /** The ticket whose list it is; null for lists of the account. */
  ticketId: number | null;
  /** False: only some records of the list were asked for, so those that are not among `odd` may still be odd. */
  whole: boolean;
  odd: readonly OddRecord[];
}

/** Hears of readings. Must not throw, and is not waited for. */
export type OnListRead = (reading: ListReading) => void;

/** The id of an odd ticket; null where it is odd itself. */
export function ticketIdOf({ kind, id }: OddRecord): number | null {
  const number = Number(id);
  return kind === 'ticket' && Number.isSafeInteger(number) && number > 0 ? number : null;
}
