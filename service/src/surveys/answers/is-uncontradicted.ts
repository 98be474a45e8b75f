// Decides whether nothing contradicts that a person gave a doubtful answer without the page's script.
import { isSame, type Opening, type Submission } from './evidence.ts';
import { isAgainst, type ReasonId, SEVERAL, type Verdict } from './judge.ts';

export interface JudgedSubmission extends Submission {
  readonly verdict: Verdict;
  readonly reasons: readonly ReasonId[];
}

/** Gateways open a mail's links within minutes. */
const MAIL_MS = 5 * 60_000;

/**
 * True if all hold:
 *
 * 1. It was sent from the form that the same visitor had opened, more than five minutes after the mail, after at least three seconds.
 * 2. None of its reasons speaks against a person.
 * 3. Nobody followed the link that no person sees, and fewer than three links of the mail were opened in all.
 * 4. What others sent is a machine's, without doubt.
 */
export function isUncontradicted(
  of: JudgedSubmission,
  {
    sentAt,
    openings,
    submissions,
  }: { sentAt: Date | null; openings: readonly Opening[]; submissions: readonly JudgedSubmission[] },
): boolean {
  const opening = openings.find(({ page, form }) => page === 'form' && form !== null && form === of.form);
  const links = new Set(openings.flatMap(({ page, score }) => (page === 'unsubscribe' ? page : (score ?? []))));
  return (
    opening !== undefined &&
    isSame(opening, of) &&
    sentAt !== null &&
    of.at.getTime() - sentAt.getTime() > MAIL_MS &&
    of.reasons.includes('time_to_read') &&
    !of.reasons.some(isAgainst) &&
    openings.every(({ page }) => page !== 'trap') &&
    links.size < SEVERAL &&
    submissions.every((other) => isSame(other, of) || other.verdict === 'machine')
  );
}
