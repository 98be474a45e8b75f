// Reads exports of the books, JSON Lines, for verifying them without the database.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type ChainedGoodwill, ENTRY_KINDS, type Entry } from '../../refunds/index.ts';

const chained = { seq: z.int(), previousHash: z.string(), hash: z.string() };
const at = z.iso.datetime().transform((text) => new Date(text));

const ledgerEntry = z.object({
  ...chained,
  at,
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
}) satisfies z.ZodType<Entry>;

const goodwillEntry = z.object({
  ...chained,
  at,
  kind: z.enum(['given', 'taken_back']),
  requestId: z.string(),
  item: z.string(),
  itemKind: z.enum(['credit', 'discount', 'free_account']),
  valueMinor: z.number(),
  currency: z.string(),
  ticketId: z.int(),
  agentId: z.int(),
  customer: z.string().nullable(),
  day: z.string(),
  budgetMinor: z.number().nullable(),
  perMonth: z.int().nullable(),
  rule: z.string(),
  policyHash: z.string(),
}) satisfies z.ZodType<ChainedGoodwill>;

/** @throws Error with the line that is no entry */
export const readLedgerExport = (file: string): AsyncGenerator<Entry> =>
  readLines(file, ledgerEntry, 'deskwright ledger export');

/** @throws Error with the line that is no entry */
export const readGoodwillExport = (file: string): AsyncGenerator<ChainedGoodwill> =>
  readLines(file, goodwillEntry, 'deskwright refunds goodwill');

async function* readLines<T>(file: string, schema: z.ZodType<T>, command: string): AsyncGenerator<T> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    const read = schema.safeParse(parseJson(text));
    if (!read.success) throw new Error(`${file}:${line} is not an entry of "${command}": ${what(read.error)}.`);
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
