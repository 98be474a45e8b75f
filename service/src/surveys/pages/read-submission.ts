// Reads from a form's body how it was sent: with which form, by what use of the page.
import type { Signals } from '../answers/evidence.ts';

export interface SentForm {
  /** Null: none that we sent. */
  form: string | null;
  /** Null: the page's script did not run. */
  step: number | null;
  signals: Signals | null;
  trapFilled: boolean;
  /** Sent with the button; otherwise saved by the page. */
  final: boolean;
}

export function readSubmission(body: unknown): SentForm {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const more = fields.more;
  return {
    form: readFormId(fields.form),
    ...readUse(fields.used),
    trapFilled: more !== undefined && more !== '',
    final: fields.save === undefined,
  };
}

/** 96 random bits as base64url. */
export function readFormId(sent: unknown): string | null {
  return typeof sent === 'string' && /^[\w-]{16}$/.test(sent) ? sent : null;
}

/** As `page.js` writes it: `v5200.p12.t0.k3.c1.s2.f1800.w0`, without `f` where nothing was pressed; older pages end after `s`. */
const USE = /^v(\d{1,10})\.p(\d{1,6})\.t(\d{1,6})\.k(\d{1,6})\.c(\d{1,6})\.s(\d{1,6})(?:\.f(\d{1,10}))?(?:\.w([01]))?$/;

function readUse(sent: unknown): Pick<SentForm, 'step' | 'signals'> {
  const found = typeof sent === 'string' ? USE.exec(sent) : null;
  if (!found) return { step: null, signals: null };
  const [visibleMs = 0, pointer = 0, touches = 0, keys = 0, clicks = 0, step = 0] = found.slice(1, 7).map(Number);
  const firstPressMs = found[7] === undefined ? null : Number(found[7]);
  const steered = found[8] === '1';
  return { step, signals: { visibleMs, pointer, touches, keys, clicks, firstPressMs, steered } };
}
