// Reads the words of a stored ticket and marks what the conditions of the policy in force see in them.
import type { Policy } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { NO_NAMES } from '../../decide/empty-ticket.ts';
import type { Database } from '../../platform/storage/database.ts';
import { loadFacts, readConversation, tickets } from '../../tickets/index.ts';
import { clockOf } from '../clock.ts';
import { type MarkedWords, markWords } from './mark-words.ts';
import { type MarkStyle, printWords } from './print-words.ts';

/** `missing`: why there are no words to mark, a sentence without full stop. */
export type StoredWords = MarkedWords | { readonly missing: string };

/** Subject, description, newest comment and custom fields as the database has them now. @param policy null: none was ever loaded */
export async function readStoredWords(
  db: Database,
  ticketId: number,
  policy: Policy | null,
  now: Date,
): Promise<StoredWords> {
  const [row] = await db.select().from(tickets).where(eq(tickets.id, ticketId));
  if (!row) return { missing: 'the ticket is not known here' };
  if (row.erasedAt)
    return {
      missing: `they were erased on ${clockOf(policy).printWithZone(row.erasedAt)}, by request or because the time to keep them ended (retention.words)`,
    };
  if (!policy) return { missing: 'no valid policy was loaded with this database yet' };
  const { lastCustomerComment } = await readConversation(db, ticketId);
  // People and organizations are not stored with a ticket.
  return markWords(loadFacts(row, lastCustomerComment, NO_NAMES, now.getTime()), compilePolicy(policy));
}

export function* describeWords(words: StoredWords, style: MarkStyle): Generator<string> {
  yield '';
  if ('missing' in words) yield `The ticket’s words cannot be shown: ${words.missing}.`;
  else {
    yield 'What the conditions of the policy in force see in the ticket’s words';
    for (const line of printWords(words, style)) yield `  ${line}`;
  }
}
