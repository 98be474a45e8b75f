// `deskwright refunds goodwill`: exports what agents gave as goodwill, for finance.
import type { Database } from '../../platform/storage/database.ts';
import { type GoodwillEntry, readGoodwill } from '../../refunds/index.ts';
import { type EntryWriter, exportEntries } from './export-entries.ts';

/** The columns of an export, in this order. */
const COLUMNS = [
  'id',
  'at',
  'kind',
  'item',
  'itemKind',
  'valueMinor',
  'currency',
  'ticketId',
  'agentId',
  'customer',
  'day',
  'budgetMinor',
  'perMonth',
  'rule',
  'policyHash',
  'requestId',
  'seq',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof GoodwillEntry)[];

/** @returns the exit code 0 */
export const runExportGoodwill = ({ db, ...to }: EntryWriter & { readonly db: Database }): Promise<0> =>
  exportEntries(readGoodwill(db), COLUMNS, to);
