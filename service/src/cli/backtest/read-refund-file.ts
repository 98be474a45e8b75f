// Reads past refunds from a file: CSV, a JSON array, or a JSON object a line.
import { readFile } from 'node:fs/promises';
import { localDate, type Policy, toMinorUnits } from '@deskwright/shared';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { PastRefund } from '../../backtest/index.ts';
import { decodeText } from '../../platform/text-files/decode-text.ts';

const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => {
    const said = value == null ? '' : String(value).trim();
    return said === '' ? null : said;
  });
const required = text.refine((value) => value !== null, 'is missing').transform(String);

/** The columns, or keys of JSON. Others are ignored. */
const aRow = z.object({
  at: required.refine(
    (value) => !Number.isNaN(Date.parse(value)),
    'is not a time; write 2026-11-30 or 2026-11-30T14:05:00Z',
  ),
  amount: required,
  agent: required,
  tier: text,
  role: text.pipe(z.enum(['agent', 'admin']).nullable()),
  currency: text,
  category: text,
  ticket: text,
  customer: text,
  payment: text,
  paid: text,
  refunded_before: text,
  paid_on: text.pipe(
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/, 'is not a day; write 2026-11-30')
      .nullable(),
  ),
  approved_by: text,
  verified: text,
});

/**
 * The refunds by their time. A row that is none is told and left out.
 * @param policy says the currency of rows that name none, and the day of a moment
 * @throws Error when the file cannot be read
 */
export async function readRefundFile(
  path: string,
  policy: Policy,
): Promise<{ refunds: PastRefund[]; problems: string[] }> {
  const written = decodeText(await readFile(path));
  if (!written.ok) throw new Error(`Cannot read ${path}: ${written.reason}.`);
  const refunds: PastRefund[] = [];
  const problems: string[] = [];
  for (const { record, where } of recordsOf(written.text, path)) {
    try {
      refunds.push(toRefund(record, where, policy));
    } catch (error) {
      problems.push(`${path}, ${where}: ${error instanceof z.ZodError ? firstOf(error) : (error as Error).message}`);
    }
  }
  return { refunds: refunds.toSorted((a, b) => a.at - b.at), problems };
}

interface Placed {
  readonly record: unknown;
  /** `line 3`; in a JSON array `refund 3`. */
  readonly where: string;
}

function recordsOf(written: string, path: string): Placed[] {
  if (/^\s*\[/.test(written)) return recordsOfArray(written, path);
  if (/^\s*\{/.test(written)) {
    return written
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [{ record: parseJson(line), where: `line ${index + 1}` }]));
  }
  try {
    const rows: { record: unknown; info: { lines: number } }[] = parse(written, {
      bom: true,
      info: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      relax_column_count: true,
    });
    return rows.map(({ record, info }) => ({ record, where: `line ${info.lines}` }));
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${(error as Error).message}.`, { cause: error });
  }
}

function recordsOfArray(written: string, path: string): Placed[] {
  const records = parseJson(written);
  if (!Array.isArray(records))
    throw new Error(`Cannot read ${path}: it begins as a JSON array and is none. Write an array, or an object a line.`);
  return records.map((record: unknown, index) => ({ record, where: `refund ${index + 1}` }));
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}

function toRefund(record: unknown, where: string, policy: Policy): PastRefund {
  const read = aRow.parse(record);
  const currency = (read.currency ?? policy.refunds?.currency ?? '').toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error('currency is missing');
  const minor = (name: string, written: string): number => {
    try {
      return toMinorUnits(written, currency);
    } catch {
      throw new Error(`${name} "${written}" is not an amount of ${currency}`);
    }
  };
  const positive = (name: string, written: string): number => {
    const amount = minor(name, written);
    if (amount <= 0) throw new Error(`${name} "${written}" is not more than 0`);
    return amount;
  };
  const isDay = /^\d{4}-\d\d-\d\d$/.test(read.at);
  const agent = read.agent.toLowerCase();
  const tiers = read.tier?.split(/[\s,;]+/) ?? [];
  return {
    kind: 'refund',
    id: where,
    day: isDay ? read.at : null,
    at: Date.parse(read.at),
    amount: positive('amount', read.amount),
    currency,
    agent: {
      key: agent,
      name: read.agent,
      email: agent.includes('@') ? agent : null,
      role: read.role ?? 'agent',
      tiersIn: () => tiers,
    },
    approvedBy: read.approved_by?.toLowerCase() ?? null,
    category: read.category,
    ticket: read.ticket,
    customer: read.customer,
    payment:
      read.paid === null
        ? null
        : {
            name: read.payment ?? where,
            paid: positive('paid', read.paid),
            refundedBefore: minor('refunded_before', read.refunded_before ?? '0'),
            currency,
            paidOn: read.paid_on ?? (isDay ? read.at : localDate(Date.parse(read.at), policy.time_zone)),
          },
    isVerified: /^(?:true|yes|1)$/i.test(read.verified ?? ''),
  };
}

const firstOf = ({ issues: [first] }: z.ZodError): string =>
  first === undefined || first.path.length === 0 ? 'is not a refund' : `${first.path.join('.')} ${first.message}`;
