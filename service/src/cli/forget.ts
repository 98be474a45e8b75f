// Erases what is stored of a customer or a ticket.

import type { Command } from 'commander';
import { and, eq, sql } from 'drizzle-orm';
import { erasingHooks } from '../app/features.ts';
import { people } from '../directory/tables.ts';
import { findCachedPeople, forgetCached } from '../past-tickets/index.ts';
import type { Database } from '../platform/storage/database.ts';
import {
  countWords,
  type Erased,
  type ErasureReceipt,
  erasePerson,
  eraseTickets,
  listErasureReceipts,
  recordErasure,
} from '../tickets/index.ts';
import type { CommandDeps } from './activation/commands.ts';
import { dataFolder } from './open-past-tickets.ts';
import { currentPerson } from './operator.ts';

export type ErasureTarget =
  | { kind: 'ticket'; id: number }
  | { kind: 'user'; id: number }
  /** As written on the command line. */
  | { kind: 'email'; address: string };

export interface ForgetOptions {
  db: Database;
  /** Where past tickets may be cached; left out: nowhere. */
  dataDir?: string;
  whom: ErasureTarget;
  /** Only report what would be removed. */
  dryRun: boolean;
  json: boolean;
  out: (line: string) => void;
  /** For the receipt. */
  who?: string;
  now?: () => Date;
}

/**
 * Reads `42`, `ticket:42`, `user:7` or an e-mail address.
 * @throws Error that says what is accepted
 */
export function parseErasureTarget(text: string): ErasureTarget {
  const [, kind = 'ticket', number] = /^(?:(ticket|user):)?#?([1-9]\d{0,14})$/.exec(text.trim()) ?? [];
  if (number !== undefined) return { kind: kind as 'ticket' | 'user', id: Number(number) };
  if (/^[^\s@]+@[^\s@]+$/.test(text.trim())) return { kind: 'email', address: text.trim() };
  throw new Error(
    `"${text}" is neither a ticket, a user nor an e-mail address. Write 42 or ticket:42, user:7, or name@example.com.`,
  );
}

/**
 * `deskwright forget`: removes words, names and addresses from everything Deskwright stores; counts stay. The number of the ticket
 * or user is kept, so that nothing is imported again, and the output says so. Zendesk itself is not changed.
 * @returns the exit code: 0 removed (or would be), 1 nothing was stored
 * @throws Error for an agent: what agents wrote is kept
 */
export async function runForget({
  db,
  dataDir,
  whom,
  dryRun,
  json,
  out,
  who = currentPerson(),
  now = () => new Date(),
}: ForgetOptions): Promise<number> {
  // Before the addresses of the customer are erased, which say whose tickets are meant.
  const cached = dataDir === undefined ? 0 : await forgetCached(dataDir, await cachedOf(db, dataDir, whom), { dryRun });
  const { removed: stored, receipt } = await erase(db, whom, { dryRun, who, now: now() });
  const removed: Erased = cached === 0 ? stored : { ...stored, cached };
  const found = Object.values(removed).some((count) => count > 0);
  const fromNowOn = whom.kind === 'email' ? null : FROM_NOW_ON[whom.kind];
  if (json) {
    out(JSON.stringify({ ...whom, dryRun, found, removed, fromNowOn, ...(receipt && { receipt }) }));
    return found ? 0 : 1;
  }
  if (!found) {
    out(`No data of ${nameOf(whom)} is stored${dryRun ? '' : ' (any more)'}.`);
    // Events identify customers by number only, so their tickets may be stored while the address is not.
    if (whom.kind === 'email')
      out(
        'Addresses are stored only if a rule, the sidebar or a survey needed them; tickets are stored by user number. Look up the user in Zendesk and run: deskwright forget user:NUMBER',
      );
    printFromNowOn();
    return 1;
  }
  const words = removedWords();
  out(`${dryRun ? 'Would be removed' : 'Removed'} of ${nameOf(whom)}:`);
  for (const [key, count] of Object.entries(removed)) if (count > 0) out(`  ${words[key]}: ${count}`);
  printFromNowOn();
  out(
    dryRun
      ? 'Nothing was changed. Without --dry-run it is removed permanently.'
      : 'Counts, categories and scores stay. Zendesk was not changed: delete the ticket or the user there too.',
  );
  if (receipt)
    out(
      `Receipt ${receipt.id}: ${receipt.at.toISOString()}, by ${receipt.who}. It says what was removed and names nobody; \`deskwright forget --receipts\` lists all.`,
    );
  return 0;

  function printFromNowOn(): void {
    if (fromNowOn !== null) out(`${dryRun ? 'Without --dry-run' : 'From now on'}, permanently: ${fromNowOn}`);
  }
}

const removedWords = (): Readonly<Record<string, string>> => ({
  ...countWords(erasingHooks()),
  people: 'names with addresses',
  messages: 'messages that named them',
  cached: 'past tickets cached on this machine',
});

/** What the cache of past tickets knows them by: numbers. */
async function cachedOf(
  db: Database,
  dataDir: string,
  whom: ErasureTarget,
): Promise<{ tickets: number[]; users: number[] }> {
  switch (whom.kind) {
    case 'ticket':
      return { tickets: [whom.id], users: [] };
    case 'user':
      return { tickets: [], users: [whom.id] };
    case 'email': {
      const found = await db
        .select({ id: people.id })
        .from(people)
        .where(and(eq(sql`lower(${people.email})`, whom.address.toLowerCase()), eq(people.role, 'end-user')));
      return { tickets: [], users: [...found.map(({ id }) => id), ...(await findCachedPeople(dataDir, whom.address))] };
    }
  }
}

/**
 * `deskwright forget --receipts`: lists what was erased, newest first.
 * @returns the exit code 0
 */
export async function runListReceipts({ db, json, out }: Pick<ForgetOptions, 'db' | 'json' | 'out'>): Promise<0> {
  const receipts = await listErasureReceipts(db);
  if (json) out(JSON.stringify({ receipts }));
  else if (receipts.length === 0) out('Nothing was erased yet.');
  const words = removedWords();
  for (const { id, at, who, what, removed } of json ? [] : receipts) {
    const parts = Object.entries(removed).map(([key, count]) => `${words[key] ?? key}: ${count}`);
    out(`Receipt ${id}  ${at.toISOString()}  a ${what}, by ${who === 'zendesk' ? 'Zendesk' : who}`);
    out(`  ${parts.join(', ')}`);
  }
  return 0;
}

/** What keeping the number means, whether or not anything was stored. */
const FROM_NOW_ON: Readonly<Record<'ticket' | 'user', string>> = {
  ticket:
    'Deskwright keeps the number of this ticket and ignores the ticket from now on, even if it was unknown so far: no category, no queue, no survey.',
  user: 'Deskwright keeps the number of this user. What they have written so far is not imported again, their name and address are not stored, and they get no surveys.',
};

/** Thrown to roll a transaction back. */
class OnlyTried extends Error {}

interface Done {
  removed: Erased;
  /** Null: nothing was removed. */
  receipt: ErasureReceipt | null;
}

async function erase(
  db: Database,
  whom: ErasureTarget,
  { dryRun, who, now }: { dryRun: boolean; who: string; now: Date },
): Promise<Done> {
  const hooks = erasingHooks();
  let result: Done | null = null;
  await db
    .transaction(async (tx) => {
      let removed: Erased;
      if (whom.kind === 'ticket') removed = await eraseTickets(tx, { ids: [whom.id], now, gone: true, hooks });
      else {
        const [id, email] = whom.kind === 'user' ? [whom.id, null] : [null, whom.address];
        const done = await erasePerson(tx, { id, email, now, hooks });
        if (done.kind === 'agent')
          throw new Error(
            `${nameOf(whom)} is an agent. What agents wrote belongs to the company's records; only customers can be erased.`,
          );
        removed = done.erased;
      }
      const what = whom.kind === 'ticket' ? 'ticket' : 'customer';
      const receipt = dryRun ? null : await recordErasure(tx, { at: now, who, what, erased: removed });
      result = { removed, receipt };
      if (dryRun) throw new OnlyTried();
    })
    .catch((error: unknown) => {
      if (!(error instanceof OnlyTried)) throw error;
    });
  if (result === null) throw new Error('The erasure ended without a result.');
  return result;
}

function nameOf(whom: ErasureTarget): string {
  return whom.kind === 'email' ? whom.address : `${whom.kind} ${whom.id}`;
}

/** Adds `forget` to the command line. */
export function addForget(program: Command, { jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('forget')
    .description(
      'remove a ticket’s or a customer’s words, names and addresses from everything Deskwright stores; counts stay',
    )
    .argument('[whom]', 'a ticket (42 or ticket:42), a user of Zendesk (user:7), or an e-mail address')
    .option('--dry-run', 'only report what would be removed', false)
    .option('--receipts', 'list what was erased so far, when and by whom', false)
    .addOption(jsonOption())
    .action(
      exitsWith((whom: string | undefined, { dryRun, receipts, json }) => {
        if ((whom !== undefined) === receipts)
          throw new Error('Name a ticket, a user or an address, or give --receipts alone.');
        if (whom === undefined) return withDatabase(json, (db, print) => runListReceipts({ db, json, out: print }));
        const read = parseErasureTarget(whom);
        return withDatabase(json, (db, print) =>
          runForget({ db, dataDir: dataFolder(process.env), whom: read, dryRun, json, out: print }),
        );
      }),
    );
}
