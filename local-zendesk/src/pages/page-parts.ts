// Parts that several pages share: a time as an age, and the control that pauses the refresh of a list (WCAG 2.2.1).
import { type Html, html } from './html.ts';

const MINUTE = 60_000;

/** Both in epoch milliseconds: "just now", "12 min ago", "3 h ago", "5 days ago". */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

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
