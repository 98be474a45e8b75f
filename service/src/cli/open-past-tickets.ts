// Opens the past tickets that a command names: a file, or what is cached of the account.
import { resolve } from 'node:path';
import { type Policy, parseDuration } from '@deskwright/shared';
import cliProgress from 'cli-progress';
import { InvalidArgumentError } from 'commander';
import { zendeskOf } from '../app/config.ts';
import { compilePolicy } from '../decide/compile-policy.ts';
import {
  cacheFolder,
  fetchPastTickets,
  type LabelSource,
  openCache,
  openChunks,
  openHistory,
  type PastTicketChunks,
  readAccountNames,
  readLabelSource,
} from '../past-tickets/index.ts';
import type { ZendeskLimits } from '../zendesk/limits.ts';
import { stoppedWhile } from '../zendesk/stopped-while.ts';
import { zendeskFrom } from './open-account.ts';
import { openOperatorDatabase } from './operator-database.ts';

const DAY = 86_400_000;

/** The account's tickets, as cached on this machine; or those in the service's database. */
export const SOURCES = ['account', 'history'] as const;
type Source = (typeof SOURCES)[number];

export interface NamedTickets {
  readonly file?: string | undefined;
  /** Undefined: the account if something of it is cached, otherwise the history. */
  readonly from?: Source | undefined;
  readonly encoding?: string | undefined;
  readonly labels?: LabelSource | undefined;
  readonly limit?: number | undefined;
  /** Whether what is new in the account is fetched first. */
  readonly fetch: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly err: (line: string) => void;
  readonly progressTo: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly limits?: Partial<ZendeskLimits>;
}

/**
 * @param policies that decide the tickets; `retention.words` of the first says how long words of customers are kept in the cache
 * @throws Error with what to do when there are no past tickets
 */
export async function openPastTickets(
  named: NamedTickets,
  policies: readonly [Policy, ...Policy[]],
): Promise<PastTicketChunks> {
  const { file, encoding, labels, limit, fetch, env, err, from } = named;
  if (file !== undefined) return { ...(await openChunks(file, { encoding, labels, limit })), source: file };
  const asks = asksOf(policies);
  if (from === 'history') {
    if (fetch)
      throw new Error('--fetch reads the account; the history is in the database already: leave out one of the two.');
    return openServiceHistory(named, asks);
  }
  const keep = keepMs(policies[0]);
  const folder = folderOf(env);
  if (folder !== null) {
    if (fetch) await fetchAll(folder, { keepMs: keep, asks }, named);
    const cached = await openCache(folder, { oldest: Date.now() - keep, limit, asks });
    if (cached?.unknown?.length)
      err(`The names of these are not cached yet; --fetch reads them: ${cached.unknown.join(', ')}.`);
    if (cached !== null) return { ...cached, source: 'the account, as cached on this machine' };
  }
  if (from === undefined && !fetch) {
    const history = await openServiceHistory(named, asks).catch(() => null);
    if (history !== null) return history;
  }
  throw new Error(
    folder === null
      ? 'No past tickets are named. Give a file (--tickets FILE), or set the account (ZENDESK_SUBDOMAIN, see .env.example) and give --fetch.'
      : 'No past tickets of the account are cached yet. Fetch them with --fetch, or give a file: --tickets FILE.',
  );
}

/** @throws Error with what to do when there is no database of the service, or no ticket in it */
export async function openServiceHistory(
  { env, limit, err }: Pick<NamedTickets, 'env' | 'limit' | 'err'>,
  asks: ReadonlySet<string>,
): Promise<PastTicketChunks> {
  const { db, name, close } = await openOperatorDatabase(env);
  try {
    const history = await openHistory(db, { limit, asks, names: await namesOfAccount(env, asks, err) });
    const { size, withoutWords } = history;
    if (withoutWords > 0)
      err(`${withoutWords} tickets are left out: their words were erased, by request or after retention.words.`);
    if (size === 0) throw new Error(`There are no past tickets with words in ${name}.`);
    return { ...history, source: `the service's history: ${name}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The names that the service's database does not have, of the account if it is set. */
async function namesOfAccount(env: NodeJS.ProcessEnv, asks: ReadonlySet<string>, err: NamedTickets['err']) {
  const unnamed = new Set(['organization', 'brand', 'form'].filter((field) => asks.has(field)));
  if (unnamed.size === 0 || zendeskOf(env) === null) return {};
  try {
    return await readAccountNames(zendeskFrom(env), unnamed);
  } catch (error) {
    err(`The names in the account cannot be read: ${(error as Error).message}`);
    return {};
  }
}

/** Names of the fields that the conditions of some of the policies read. */
export const asksOf = (policies: readonly Policy[]): ReadonlySet<string> =>
  new Set(policies.flatMap((policy) => [...compilePolicy(policy).asks]));

/** How long words of customers may be cached. */
export const keepMs = ({ retention }: Policy): number => parseDuration(retention.words).amount * DAY;

/** Where past tickets of the account that is set are cached; null: no account is set. */
export function folderOf(env: NodeJS.ProcessEnv): string | null {
  const account = zendeskOf(env);
  return account === null ? null : cacheFolder(dataFolder(env), account);
}

export const dataFolder = (env: NodeJS.ProcessEnv): string => resolve(env.DESKWRIGHT_DATA_DIR || '.deskwright');

async function fetchAll(
  folder: string,
  { keepMs, asks }: { keepMs: number; asks: ReadonlySet<string> },
  { env, err, progressTo, signal, limits }: NamedTickets,
): Promise<void> {
  const format = ' {bar} {percentage}% | {tickets} tickets read';
  const bar = progressTo.isTTY
    ? new cliProgress.SingleBar({ stream: progressTo, format, clearOnComplete: true })
    : null;
  bar?.start(100, 0, { tickets: 0 });
  const began = Date.now() - keepMs;
  const zendesk = zendeskFrom(env, limits);
  const fetched = await stoppedWhile('reading past tickets', 'Whole pages that were read are kept.', () =>
    fetchPastTickets({
      folder,
      zendesk,
      clock: Date.now,
      signal,
      keepMs,
      asks,
      onProgress: (tickets, newest) =>
        bar?.update(Math.floor(Math.max(0, (newest - began) / keepMs) * 100), { tickets }),
    }),
  ).finally(() => bar?.stop());
  err(`${fetched.tickets} tickets read from the account (${fetched.pages} pages).`);
  if (!fetched.done) throw new Error('It was interrupted. The same command continues where it stopped.');
}

/** Reads the option `--labels`. Apart from the other options, as it needs the reader of past tickets. */
export function toLabels(text: string): LabelSource {
  try {
    return readLabelSource(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
