// Reads the agent's session, which the service wrote into the page.
import type { Session } from '@deskwright/shared/contract';

/** Null: the page has no session, because the service did not make it. */
export function readSession(page: Document): Session | null {
  const text = page.getElementById('deskwright-session')?.textContent;
  if (text == null || text === '') return null;
  try {
    return JSON.parse(text) as Session;
  } catch {
    return null;
  }
}
