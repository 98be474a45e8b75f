// Opens the past tickets that a command names: a file, or what is cached of the account.
import { resolve } from 'node:path';
import { type Policy, parseDuration } from '@deskwright/shared';
import cliProgress from 'cli-progress';
import { zendeskOf } from '../app/config.ts';
import { compilePolicy } from '../decide/compile-policy.ts';
import {
  cacheFolder,
  fetchPastTickets,
  type LabelSource,
  openCache,
  openChunks,
  type PastTicketChunks,
} from '../past-tickets/index.ts';
import { zendeskFrom } from './open-account.ts';

const DAY = 86_400_000;

export interface NamedTickets {
  /** Undefined: the cache of the account. */
  readonly file?: string | undefined;
  readonly encoding?: string | undefined;
  readonly labels?: LabelSource | undefined;
  readonly limit?: number | undefined;
  /** Whether what is new in the account is fetched first. */
  readonly fetch: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly err: (line: string) => void;
  readonly progressTo: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/**
 * @param policies that decide the tickets; `retention.words` of the first says how long words of customers are kept in the cache
 * @throws Error with what to do when there are no past tickets
 */
export async function openPastTickets(
  named: NamedTickets,
  policies: readonly [Policy, ...Policy[]],
): Promise<PastTicketChunks> {
  const { file, encoding, labels, limit, fetch, env } = named;
  if (file !== undefined) return openChunks(file, { encoding, labels, limit });
  const keep = keepMs(policies[0]);
  const asks = asksOf(policies);
  const folder = folderOf(env);
  if (folder === null)
    throw new Error(
      'No past tickets are named. Give a file (--tickets FILE), or set the account (ZENDESK_SUBDOMAIN, see .env.example) and give --fetch.',
    );
  if (fetch) await fetchAll(folder, { keepMs: keep, asks }, named);
  const cached = await openCache(folder, { oldest: Date.now() - keep, limit, asks });
  if (cached === null)
    throw new Error(
      'No past tickets of the account are cached yet. Fetch them with --fetch, or give a file: --tickets FILE.',
    );
  return cached;
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
  { env, err, progressTo, signal }: NamedTickets,
): Promise<void> {
  const format = ' {bar} {percentage}% | {tickets} tickets read';
  const bar = progressTo.isTTY
    ? new cliProgress.SingleBar({ stream: progressTo, format, clearOnComplete: true })
    : null;
  bar?.start(100, 0, { tickets: 0 });
  const began = Date.now() - keepMs;
  const fetched = await fetchPastTickets({
    folder,
    zendesk: zendeskFrom(env),
    clock: Date.now,
    signal,
    keepMs,
    asks,
    onProgress: (tickets, newest) => bar?.update(Math.floor(Math.max(0, (newest - began) / keepMs) * 100), { tickets }),
  }).finally(() => bar?.stop());
  err(`${fetched.tickets} tickets read from the account (${fetched.pages} pages).`);
  if (!fetched.done) throw new Error('It was interrupted. The same command continues where it stopped.');
}
