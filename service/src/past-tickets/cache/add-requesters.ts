// Adds the requester's name, address and language to cached tickets, for policies that use them.
import type { Zendesk, ZendeskUser } from '../../zendesk/zendesk.ts';
import { changePage, type KeptTicket, listPages, readPage } from './pages.ts';
import { readWhenAllowed } from './read-when-allowed.ts';

/** Zendesk shows so many users in a call. */
const USERS = 100;

/**
 * Page by page, so that it can be interrupted; those that have it are not read again.
 * @returns false: aborted
 * @throws ZendeskError
 */
export async function addRequesters(
  folder: string,
  { zendesk, ...waiting }: { zendesk: Pick<Zendesk, 'showUsers'>; signal: AbortSignal; waitMs: number },
): Promise<boolean> {
  for (const page of await listPages(folder)) {
    const isMissing = ({ requester }: KeptTicket): boolean => requester === undefined;
    const { tickets } = await readPage(folder, page);
    const asked = [...new Set(tickets.filter(isMissing).flatMap((one) => one.requester_id ?? []))];
    const known = new Map<number, ZendeskUser>();
    for (let at = 0; at < asked.length; at += USERS) {
      const users = await readWhenAllowed(waiting, () => zendesk.showUsers(asked.slice(at, at + USERS)));
      if (users === null) return false;
      for (const user of users) if (user.id !== null) known.set(user.id, user);
    }
    await changePage(folder, page, (all) =>
      all.map((one) => {
        if (!isMissing(one)) return one;
        const { name = null, email = null, locale = null } = known.get(one.requester_id ?? 0) ?? {};
        return { ...one, requester: { name, email }, language: locale };
      }),
    );
  }
  return true;
}
