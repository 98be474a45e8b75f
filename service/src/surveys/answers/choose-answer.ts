// Chooses which of an invitation's submissions is its answer.
import type { Verdict } from './judge.ts';

export interface Judged {
  readonly id: number;
  readonly at: Date;
  /** The form it was sent with; null: none that we sent. */
  readonly form: string | null;
  /** Counts the submissions of one form; null: the page's script did not run. */
  readonly step: number | null;
  /** Network and agent. */
  readonly visitor: string;
  readonly comment: string;
  /** The comment is there, and repeats none that somebody else sent before. */
  readonly ownWords: boolean;
  /** The page saw a pointer, a finger or a key. */
  readonly used: boolean;
  /** The sender is no browser, or none that behaves like one. */
  readonly byProgram: boolean;
  readonly resubmission: boolean;
  readonly verdict: Verdict;
  readonly points: number;
}

/** What an admin chose; `submissionId` null: the rules decide again. */
export interface Choice {
  readonly submissionId: number | null;
  readonly at: Date;
}

/**
 * The one active answer, or null if only machines answered. The order of the list does not matter.
 *
 * 1. What a machine sent never counts, nor a form that somebody else sends again.
 * 2. Of one form the last step counts: answers are saved as the customer goes. One without words of its own and without a sign of use replaces
 *    none with either, whatever the networks: forms are sent again by programs.
 * 3. Of two visitors' answers the one counts that shows more of a person, whichever came first: a person's with signs of use, then words of a browser that
 *    more speaks for than against, then what a browser sent, then what a program sent. In the same network with the same browser too, what has
 *    neither words nor signs of use replaces no used page.
 * 4. A person's answer replaces a doubtful one, and not the other way round, unless the same visitor sends words and more speaks for it than
 *    against: without the page's script a change has less evidence.
 * 5. The same visitor may change an answer of the same verdict, but a program no browser's.
 * 6. Of two persons' answers the later one counts, unless it has no words and the earlier one has.
 * 7. Of two doubtful ones the one with words of its own counts, later ones only if more speaks for them than against; then the one with less doubt, then
 *    the earlier.
 * 8. What an admin chose stands until a person answers later.
 */
export function chooseAnswer<One extends Judged>(
  submissions: readonly One[],
  choice: Choice | null = null,
): One | null {
  const forms = new Map<string, One>();
  for (const one of submissions.filter(counts).toSorted(byTime)) {
    const key = one.form === null ? `without form ${one.id}` : one.form;
    const last = forms.get(key);
    if (!last || isLaterStep(one, last)) forms.set(key, one);
  }
  const answers = [...forms.values()].toSorted(byTime);
  const chosen = submissions.find(({ id }) => id === choice?.submissionId);
  const isOutdated = answers.some(({ verdict, at }) => verdict === 'human' && choice !== null && at > choice.at);
  if (chosen && !isOutdated) return chosen;
  return answers.reduce<One | null>((now, next) => (now === null || replaces(next, now) ? next : now), null);
}

const counts = ({ verdict, resubmission }: Judged): boolean => verdict !== 'machine' && !resubmission;

const byTime = (a: Judged, b: Judged): number => a.at.getTime() - b.at.getTime() || a.id - b.id;

/** Nothing in it shows a person. */
const isBare = ({ ownWords, used }: Judged): boolean => !ownWords && !used;

/** A request that was under way for long may arrive after the next one. */
function isLaterStep(next: Judged, last: Judged): boolean {
  if (isBare(next) !== isBare(last)) return isBare(last);
  return next.step === null || last.step === null || next.step > last.step;
}

/** How much of a person it shows. */
function rank({ used, verdict, ownWords, byProgram, points }: Judged): number {
  if (used && verdict === 'human') return 3;
  if (byProgram) return 0;
  return ownWords && (verdict === 'human' || points > 0) ? 2 : 1;
}

function replaces(next: Judged, now: Judged): boolean {
  if (next.visitor === now.visitor) return isChange(next, now);
  if (isBare(next) && now.ownWords && !now.byProgram) return false;
  if (rank(next) !== rank(now)) return rank(next) > rank(now);
  if (next.verdict !== now.verdict) return next.verdict === 'human';
  if (next.verdict === 'human') return next.comment !== '' || now.comment === '';
  if (next.ownWords !== now.ownWords) return next.ownWords && (next.points > 0 || next.points > now.points);
  return next.points > now.points;
}

/** Of the same visitor. */
function isChange(next: Judged, now: Judged): boolean {
  if (now.used && isBare(next)) return false;
  if (next.verdict !== now.verdict) return next.verdict === 'human' || (next.comment !== '' && next.points > 0);
  return !next.byProgram || now.byProgram;
}
