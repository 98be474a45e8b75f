// Updates a ticket's page without reloading the apps beside it.
import type { PageData } from '../page-data.d.ts';

/** `all` replaces the form too; `talk` only the conversation and what is above it. */
export type Part = 'all' | 'talk';

const PARTS: Readonly<Record<Part, readonly string[]>> = {
  all: ['.desk > .fields', '.desk > .talk'],
  talk: ['#heading', '#conversation', '#details'],
};

/**
 * Fetches the page and replaces parts of this one. Which parts is decided after the fetch, since agents type meanwhile.
 * @returns the page's data and what was replaced, or null if the server cannot be reached.
 */
export async function refreshPage(address: string, which: () => Part): Promise<{ data: PageData; part: Part } | null> {
  const page = await fetchPage(address);
  const data = page === null ? null : readPageData(page);
  if (page === null || data === null) return null;
  const part = which();
  const focused = document.activeElement;
  for (const selector of PARTS[part]) {
    const fresh = page.querySelector(selector);
    const old = document.querySelector(selector);
    if (fresh !== null && old !== null) old.replaceWith(document.adoptNode(fresh));
  }
  document.title = page.title;
  if (focused !== null && !focused.isConnected) takeFocusBack(focused.id);
  return { data, part };
}

/** Keeps the keyboard focus; from a button of the menu, which is now closed, it moves to the button beside it. */
function takeFocusBack(id: string) {
  const same = id === '' ? null : document.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  (same ?? document.querySelector<HTMLElement>('#submit'))?.focus();
}

export function readPageData(page: Document): PageData | null {
  const text = page.querySelector('#page-data')?.textContent;
  return text === undefined || text === null ? null : (JSON.parse(text) as PageData);
}

async function fetchPage(address: string): Promise<Document | null> {
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    return null; // The server cannot be reached; the page stays as it is.
  }
}
