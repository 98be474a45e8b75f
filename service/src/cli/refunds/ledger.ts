// `deskwright ledger` and `deskwright refunds goodwill`: replay the books of refunds and goodwill from the database or exports, and export them.
import { formatMoney } from '@deskwright/shared/money';
import type { Database } from '../../platform/storage/database.ts';
import { type CsvValue, writeCsv } from '../../platform/text-files/csv.ts';
import {
  type GoodwillEntry,
  type GoodwillVerification,
  type LedgerLine,
  nameBalance,
  readGoodwill,
  readLedger,
  type Verification,
  verifyEntries,
  verifyGoodwill,
} from '../../refunds/index.ts';
import { readGoodwillExport, readLedgerExport } from './read-export.ts';

interface VerifyDeps {
  readonly json: boolean;
  readonly out: (line: string) => void;
  /** Whether every balance is listed, and not only how many there are. */
  readonly balances?: boolean;
}

type Books = { readonly db: Database } | { readonly file: string; readonly goodwillFile?: string | undefined };
type Source = Books & {
  /** Last hashes of an earlier check, of either chain. */
  readonly expectHead?: readonly string[] | undefined;
};

/** Exit code 1: something in the books cannot be, or an expected entry is missing. */
export async function runVerifyLedger({ json, out, balances = false }: VerifyDeps, source: Source): Promise<number> {
  const missing = new Set(source.expectHead);
  async function* watched<T extends { readonly hash: string }>(entries: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const entry of entries) {
      missing.delete(entry.hash);
      yield entry;
    }
  }
  const [entries, given] =
    'db' in source
      ? [readLedger(source.db), readGoodwill(source.db)]
      : [
          readLedgerExport(source.file),
          source.goodwillFile === undefined ? null : readGoodwillExport(source.goodwillFile),
        ];
  const { used, ...ledger } = await verifyEntries(watched(entries));
  const goodwill = given && (await verifyGoodwill(watched(given)));
  const isCutOff = missing.size > 0;
  const isCorrect = ledger.problemCount === 0 && (goodwill?.problemCount ?? 0) === 0 && !isCutOff;
  if (json) {
    const { budgets = [], ...ofGoodwill } = goodwill ?? {};
    const listed = balances ? { used, budgets } : {};
    out(JSON.stringify({ ...ledger, goodwill: goodwill && ofGoodwill, ...listed, isCutOff }));
  } else {
    for (const line of [
      ...describeLedger({ ...ledger, used }, balances),
      ...(goodwill ? describeGoodwill(goodwill, balances) : []),
      ...[...missing].map(
        (hash) => `  The entry with the hash ${hash} is missing: the books were cut off, or are others.`,
      ),
      isCorrect ? 'The ledger is correct.' : 'The ledger is not correct.',
    ])
      out(line);
  }
  return isCorrect ? 0 : 1;
}

/** A currency that is none is told among the problems. */
const money = (minor: number, currency: string) =>
  /^[A-Z]{3}$/.test(currency) ? formatMoney('en-US', { minor, currency }) : `${minor} ?`;

const replayed = ({ entries, head }: Verification | GoodwillVerification) =>
  `${entries} ${entries === 1 ? 'entry' : 'entries'} replayed${head ? `; the last hash is ${head.hash}` : ''}`;

const problemLines = ({ problems, problemCount }: Verification | GoodwillVerification) => [
  ...problems.map(({ seq, problem }) => `  entry ${seq}: ${problem}`),
  ...(problemCount > problems.length ? [`  and ${problemCount - problems.length} more`] : []),
];

function describeLedger(verification: Verification, balances: boolean): string[] {
  const { totals, pending, used } = verification;
  const count = (of: (typeof used)[number]['of']) => used.filter((one) => one.of === of).length;
  return [
    replayed(verification),
    ...Object.entries(totals).map(
      ([currency, { paid, refundable, pending: open, refunded }]) =>
        `  ${currency}: paid ${money(-paid, currency)}, refunded ${money(refunded, currency)}, pending ${money(open, currency)}, can still be refunded ${money(refundable, currency)}`,
    ),
    `  used of limits: days of agents ${count('agent')}, days of customers ${count('customer')}, tickets ${count('ticket')}`,
    ...(balances ? used.map((one) => `    ${nameBalance(one)}: ${money(one.usedMinor, one.currency)}`) : []),
    ...pending.map(
      ({ requestId, amountMinor, currency }) => `  pending: ${money(amountMinor, currency)} of request ${requestId}`,
    ),
    ...problemLines(verification),
  ];
}

function describeGoodwill(verification: GoodwillVerification, balances: boolean): string[] {
  return [
    `Goodwill: ${replayed(verification)}`,
    ...Object.entries(verification.totals).map(
      ([currency, { given, takenBack }]) =>
        `  ${currency}: given ${money(given, currency)}, taken back ${money(takenBack, currency)}`,
    ),
    ...(balances
      ? verification.budgets.map((one) =>
          'day' in one
            ? `    agent ${one.agentId} on ${one.day}: ${money(one.usedMinor, one.currency)}`
            : `    agent ${one.agentId} in ${one.month}: ${one.count} × ${one.item}`,
        )
      : []),
    ...problemLines(verification),
  ];
}

/** The columns of an export, in this order. */
const LEDGER_COLUMNS = [
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
  exportEntries(readLedger(db), LEDGER_COLUMNS, to);

/** The columns of an export, in this order. */
const GOODWILL_COLUMNS = [
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
  exportEntries(readGoodwill(db), GOODWILL_COLUMNS, to);

interface EntryWriter {
  readonly format: 'jsonl' | 'csv';
  /** Takes text as it is. */
  readonly write: (text: string) => unknown;
}

/**
 * @param columns in this order
 * @returns the exit code 0, also without entries: CSV is then the header alone
 */
async function exportEntries<Column extends string>(
  entries: AsyncIterable<Readonly<Record<Column, CsvValue | Date>>>,
  columns: readonly Column[],
  { format, write }: EntryWriter,
): Promise<0> {
  const header = writeCsv(columns, []);
  if (format === 'csv') await write(header);
  for await (const entry of entries) {
    const values = columns.map((column): CsvValue => {
      const value = entry[column];
      return value instanceof Date ? value.toISOString() : value;
    });
    const line =
      format === 'csv'
        ? writeCsv(columns, [values]).slice(header.length)
        : `${JSON.stringify(Object.fromEntries(columns.map((column, n) => [column, values[n]])))}\n`;
    await write(line);
  }
  return 0;
}
