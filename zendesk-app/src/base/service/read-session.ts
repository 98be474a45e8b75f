// Reads the agent's session, which the service wrote into the page.
import type { PageSession } from '@deskwright/shared/contract';

/** Null: the page has no session, because the service did not make it. */
export function readSession(page: Document): PageSession | null {
  const text = page.getElementById('deskwright-session')?.textContent;
  if (text == null || text === '') return null;
  try {
    return JSON.parse(text) as PageSession;
  } catch {
    return null;
  }
}
