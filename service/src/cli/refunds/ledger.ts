// `deskwright ledger`: replays the books of refunds from the database or an export, and exports them.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { formatMoney } from '@deskwright/shared/money';
import { z } from 'zod';
import type { Database } from '../../platform/storage/database.ts';
import {
  ENTRY_KINDS,
  type Entry,
  type LedgerLine,
  readLedger,
  type Verification,
  verifyEntries,
} from '../../refunds/index.ts';
import { type EntryWriter, exportEntries } from './export-entries.ts';

interface VerifyDeps {
  json: boolean;
  out: (line: string) => void;
}

type Source = ({ readonly db: Database } | { readonly file: string }) & { readonly expectHead?: string | undefined };

/** Exit code 1: something in the ledger cannot be, or the expected entry is missing. */
export async function runVerifyLedger({ json, out }: VerifyDeps, source: Source): Promise<number> {
  const { expectHead } = source;
  let hasHead = false;
  async function* watched(): AsyncGenerator<Entry> {
    for await (const entry of 'db' in source ? readLedger(source.db) : readExport(source.file)) {
      hasHead ||= entry.hash === expectHead;
      yield entry;
    }
  }
  const verification = await verifyEntries(watched());
  const isCutOff = expectHead !== undefined && !hasHead;
  if (json) out(JSON.stringify({ ...verification, isCutOff }));
  else for (const line of describe(verification, isCutOff)) out(line);
  return verification.problemCount > 0 || isCutOff ? 1 : 0;
}

function describe({ entries, head, problems, problemCount, totals, pending }: Verification, isCutOff: boolean) {
  // A currency that is none is told among the problems.
  const money = (minor: number, currency: string) =>
    /^[A-Z]{3}$/.test(currency) ? formatMoney('en-US', { minor, currency }) : `${minor} ?`;
  return [
    `${entries} ${entries === 1 ? 'entry' : 'entries'} replayed${head ? `; the last hash is ${head.hash}` : ''}`,
    ...Object.entries(totals).map(
      ([currency, { paid, refundable, pending: open, refunded }]) =>
        `  ${currency}: paid ${money(-paid, currency)}, refunded ${money(refunded, currency)}, pending ${money(open, currency)}, can still be refunded ${money(refundable, currency)}`,
    ),
    ...pending.map(
      ({ requestId, amountMinor, currency }) => `  pending: ${money(amountMinor, currency)} of request ${requestId}`,
    ),
    ...problems.map(({ seq, problem }) => `  entry ${seq}: ${problem}`),
    ...(problemCount > problems.length ? [`  and ${problemCount - problems.length} more`] : []),
    ...(isCutOff ? ['  The entry with the expected hash is missing: the ledger was cut off, or is another one.'] : []),
    problemCount === 0 && !isCutOff ? 'The ledger is whole.' : 'The ledger is not whole.',
  ];
}

/** The columns of an export, in this order. */
const COLUMNS = [
  'seq',
  'at',
  'kind',
  'amountMinor',
  'currency',
  'payment',
  'requestId',
  'ticketId',
  'agentId',
  'customer',
  'day',
  'rule',
  'policyHash',
  'approvedBy',
  'providerRef',
  'previousHash',
  'hash',
  'reasonCode',
] as const satisfies readonly (keyof LedgerLine)[];

/** @returns the exit code 0 */
export const runExportLedger = ({ db, ...to }: EntryWriter & { readonly db: Database }): Promise<0> =>
  exportEntries(readLedger(db), COLUMNS, to);

const exported = z.object({
  seq: z.int(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  kind: z.enum(ENTRY_KINDS),
  amountMinor: z.number(),
  currency: z.string(),
  payment: z.string(),
  requestId: z.string().nullable(),
  ticketId: z.int().nullable(),
  agentId: z.int().nullable(),
  customer: z.string().nullable(),
  day: z.string(),
  rule: z.string().nullable(),
  policyHash: z.string().nullable(),
  approvedBy: z.int().nullable(),
  providerRef: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<Entry>;

/** @throws Error with the line that is no entry */
async function* readExport(file: string): AsyncGenerator<Entry> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    const read = exported.safeParse(parseJson(text));
    if (!read.success)
      throw new Error(`${file}:${line} is not an entry of "deskwright ledger export": ${what(read.error)}.`);
    yield read.data;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const what = ({ issues: [first] }: z.ZodError): string =>
  first === undefined || first.path.length === 0
    ? 'it is not a JSON object'
    : `its ${first.path.join('.')} is not valid`;
