// Lets people pause the automatic refresh of a list (WCAG 2.2.1).
import { type Html, html } from './html.ts';

const REFRESH_S = 10;

/** What a list does with `?still=1`. */
export function refreshOf(still: boolean): number | undefined {
  return still ? undefined : REFRESH_S;
}

/** The link that stops or restarts it; `query` is what else the address says, without `?`. */
export function refreshControl(still: boolean, query = '', seconds = REFRESH_S): Html {
  const rest = query === '' ? '' : `&${query}`;
  return still
    ? html`<a class="small" href="?${query}">Resume automatic reload</a>`
    : html`<a class="small" href="?still=1${rest}">Reloads every ${seconds} s: pause</a>`;
}
