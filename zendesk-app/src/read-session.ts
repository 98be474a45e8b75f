// Who is looking at this page? The service wrote it there.
import type { Session } from '@deskwright/shared/contract';

/** Null: the page was not made by the service. */
export function readSession(page: Document): Session | null {
  const text = page.getElementById('deskwright-session')?.textContent;
  if (text == null || text === '') return null;
  try {
    return JSON.parse(text) as Session;
  } catch {
    return null;
  }
}
