// Shows the agent a short notification.
import { element } from '../frames/element.ts';

export type NoticeKind = 'notice' | 'alert' | 'error';

/** As long as Zendesk shows them. */
const SHOWN_MS = 7_000;

export type Notify = (message: string, kind: NoticeKind, options?: { sticky?: boolean }) => void;

/** At the top right; screen readers announce notices when idle and errors at once. */
export function createNotify(): Notify {
  const polite = element('div', { role: 'status', 'aria-live': 'polite' });
  const urgent = element('div', { role: 'alert', 'aria-live': 'assertive' });
  document.body.append(element('div', { class: 'notices' }, polite, urgent));
  return (message, kind, { sticky = false } = {}) => {
    const close = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the message' }, '✕');
    const notice = element('div', { class: `card notice ${kind}` }, element('p', {}, message), close);
    close.addEventListener('click', () => notice.remove());
    (kind === 'error' ? urgent : polite).append(notice);
    if (!sticky) setTimeout(() => notice.remove(), SHOWN_MS);
  };
}
