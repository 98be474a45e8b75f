// Erases what is stored of a customer or a ticket.

import { erasingHooks } from '../app/features.ts';
import type { Database } from '../platform/storage/database.ts';
import { countWords, type Erased, erasePerson, eraseTickets } from '../tickets/index.ts';

export type Whom =
  | { kind: 'ticket'; id: number }
  | { kind: 'user'; id: number }
  /** As somebody writes it. */
  | { kind: 'email'; address: string };

export interface ForgetOptions {
  db: Database;
  whom: Whom;
  /** Only say what would be removed. */
  dryRun: boolean;
  json: boolean;
  out: (line: string) => void;
  now?: () => Date;
}

/**
 * Reads `42`, `ticket:42`, `user:7` or an e-mail address.
 * @throws Error that says what can be written
 */
export function readWhom(text: string): Whom {
  const [, kind = 'ticket', number] = /^(?:(ticket|user):)?#?([1-9]\d{0,14})$/.exec(text.trim()) ?? [];
  if (number !== undefined) return { kind: kind as 'ticket' | 'user', id: Number(number) };
  if (/^[^\s@]+@[^\s@]+$/.test(text.trim())) return { kind: 'email', address: text.trim() };
  throw new Error(
    `"${text}" is neither a ticket, a user nor an e-mail address. Write 42 or ticket:42, user:7, or somebody@example.com.`,
  );
}

/**
 * `deskwright forget`: removes words, names and addresses from everything Deskwright stores; what is counted stays. The number of the ticket
 * or user is kept, so that nothing comes back, and the operator is told so. Zendesk itself is not touched.
 * @returns the exit code: 0 removed (or would be), 1 nothing of it is stored
 * @throws Error for an agent, whose words are the company's
 */
export async function runForget({
  db,
  whom,
  dryRun,
  json,
  out,
  now = () => new Date(),
}: ForgetOptions): Promise<number> {
  const removed = await erase(db, whom, dryRun, now());
  const found = Object.values(removed).some((count) => count > 0);
  const fromNowOn = whom.kind === 'email' ? null : FROM_NOW_ON[whom.kind];
  if (json) {
    out(JSON.stringify({ ...whom, dryRun, found, removed, fromNowOn }));
    return found ? 0 : 1;
  }
  if (!found) {
    out(`Nothing of ${nameOf(whom)} is stored${dryRun ? '' : ' (any more)'}.`);
    // Events name customers by number only, so their tickets may be here while the address is not.
    if (whom.kind === 'email')
      out(
        'An address is stored only where a rule, the sidebar or a survey needed it; tickets are stored by the number of the user. Look it up in Zendesk and run: deskwright forget user:NUMBER',
      );
    tellFromNowOn();
    return 1;
  }
  const words: Readonly<Record<string, string>> = { ...countWords(erasingHooks()), people: 'names with addresses' };
  out(`${dryRun ? 'Would be removed' : 'Removed'} of ${nameOf(whom)}:`);
  for (const [key, count] of Object.entries(removed)) if (count > 0) out(`  ${words[key]}: ${count}`);
  tellFromNowOn();
  out(
    dryRun
      ? 'Nothing was touched. Without --dry-run it is removed for good.'
      : 'Counts, categories and scores stay. Zendesk was not touched: delete the ticket or the user there too.',
  );
  return 0;

  function tellFromNowOn(): void {
    if (fromNowOn !== null) out(`${dryRun ? 'Without --dry-run' : 'From now on'}, for good: ${fromNowOn}`);
  }
}

/** What the number that is kept does, whether or not something was stored. */
const FROM_NOW_ON: Readonly<Record<'ticket' | 'user', string>> = {
  ticket:
    'Deskwright keeps the number of this ticket and takes nothing in of it any more, also if it was not known so far: no category, no queue, no survey.',
  user: 'Deskwright keeps the number of this user. What they wrote until now is not taken in again, their name and address are not stored, and no survey is sent to them.',
};

/** Thrown to end a transaction that must leave no trace. */
class OnlyTried extends Error {}

async function erase(db: Database, whom: Whom, dryRun: boolean, now: Date): Promise<Erased> {
  const hooks = erasingHooks();
  let removed: Erased | null = null;
  await db
    .transaction(async (tx) => {
      if (whom.kind === 'ticket') removed = await eraseTickets(tx, { ids: [whom.id], now, gone: true, hooks });
      else {
        const [id, email] = whom.kind === 'user' ? [whom.id, null] : [null, whom.address];
        const done = await erasePerson(tx, { id, email, now, hooks });
        if (done.kind === 'agent')
          throw new Error(
            `${nameOf(whom)} is an agent. What agents wrote belongs to the company's records; only customers are forgotten.`,
          );
        removed = done.erased;
      }
      if (dryRun) throw new OnlyTried();
    })
    .catch((error: unknown) => {
      if (!(error instanceof OnlyTried)) throw error;
    });
  if (removed === null) throw new Error('The erasure ended without a result.');
  return removed;
}

function nameOf(whom: Whom): string {
  return whom.kind === 'email' ? whom.address : `${whom.kind} ${whom.id}`;
}
