// Keeps the numbers of tickets and customers that were erased by request, which are not cached again.
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from './replace-file.ts';

export interface ToForget {
  readonly tickets: readonly number[];
  readonly users: readonly number[];
}

/** Of whatever account; one entry a line, so that two processes can add at the same time. */
const FILE = 'forgotten.jsonl';

/** @param all the folder of all accounts */
export async function readForgotten(all: string): Promise<ToForget> {
  const text = await readFile(join(all, FILE), 'utf8').catch(ifMissing(''));
  const entries = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ToForget]));
  return { tickets: entries.flatMap(({ tickets }) => tickets), users: entries.flatMap(({ users }) => users) };
}

/** Adds those that are not there yet. */
export async function addForgotten(all: string, { tickets, users }: ToForget): Promise<void> {
  const before = await readForgotten(all);
  const [oldTickets, oldUsers] = [new Set(before.tickets), new Set(before.users)];
  const added = {
    tickets: tickets.filter((id) => !oldTickets.has(id)),
    users: users.filter((id) => !oldUsers.has(id)),
  };
  if (added.tickets.length + added.users.length === 0) return;
  await mkdir(all, { recursive: true, mode: 0o700 });
  await appendFile(join(all, FILE), `${JSON.stringify(added)}\n`, { mode: 0o600 });
}

/** Whether a ticket, or whoever asked it, is among them. */
export function isAmong({
  tickets,
  users,
}: ToForget): (ticket: { readonly id: number; readonly requester_id: number | null }) => boolean {
  const [ids, people] = [new Set(tickets), new Set(users)];
  return ({ id, requester_id: requester }) => ids.has(id) || (requester !== null && people.has(requester));
}
