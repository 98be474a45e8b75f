// Decides whether an answer to the pulse counts immediately, without storing anything about its sender.
import type { Visit } from '../answers/evidence.ts';
import type { SentForm } from '../pages/read-submission.ts';

export interface PulseSubmission extends Pick<SentForm, 'signals' | 'trapFilled'> {
  readonly agentKind: Visit['agentKind'];
  readonly score: number;
  /** What was typed on the page that asks for the number once more; null: it was sent from the first page. */
  readonly again: string | null;
}

/**
 * An answer uses up the invitation, so a mail scanner that sends forms must not give one. It counts when the page saw a pointer, a finger or a key, in
 * a browser; otherwise (no script, or a program) when the number of the answer was typed once more by hand. A field that no person sees must be
 * empty in both cases. The mail has no links with scores, so a form that is sent as it was opened has no answer at all.
 */
export function comesFromPerson({ signals, trapFilled, agentKind, score, again }: PulseSubmission): boolean {
  if (trapFilled) return false;
  if (again !== null) return again.trim() === String(score);
  if (signals === null || agentKind !== 'browser') return false;
  return signals.pointer + signals.touches + signals.keys + signals.clicks > 0;
}
