// The plain way to gather the evidence about a submission: each is compared with all others. The tests compare the fast way with it.
import { type Evidence, isSame, type Opening, type Submission } from '../answers/evidence.ts';
import type { Answering } from '../answers/gather-evidence.ts';
import { isPageUsed } from '../answers/judge.ts';

const SECOND = 1_000;
/** One after the other by the same program; a person needs longer for three links. */
const TOGETHER_MS = 60 * SECOND;
const AT_ONCE_MS = 10 * SECOND;
const NEAR_MS = 600 * SECOND;
const LINKS_MS = 1_200 * SECOND;
const TO_READ_MS = 3 * SECOND;
const SEVERAL = 3;

type Visitor = Pick<Submission, 'network' | 'agent'>;
type AtTime = { readonly at: Date };

export function gatherPlainly(of: Submission, { sentAt, openings, submissions, crowds }: Answering): Evidence {
  const opening = openings.find(({ page, form }) => page === 'form' && form !== null && form === of.form) ?? null;
  const { agentKind, unlikeBrowser, gesture, signals } = of;
  const showsPerson = isPageUsed(signals) || hasOwnWords(of, submissions);
  return {
    agentKind,
    unlikeBrowser,
    gesture,
    signals,
    trap: of.trapFilled ? 'filled' : trapFollowed(of, opening, openings, showsPerson),
    openedTogether: openedTogether(of, opening, openings, showsPerson),
    manyScores: signals === null && scoresTried(of, submissions, openings) >= SEVERAL,
    linksSent: linksSent(of, submissions, openings),
    scoresMeanwhile: scoresMeanwhile(of, submissions, openings),
    repeats: repeatsOf(of, submissions),
    sinceDeliveryMs: sentAt && of.at.getTime() - sentAt.getTime(),
    onPageMs: opening && of.at.getTime() - opening.at.getTime(),
    otherNetwork: opening !== null && opening.network !== of.network,
    resubmission: isResubmission(of, opening, submissions),
    crowd: of.network === null ? 0 : (crowds.get(of.network) ?? 0),
    ownWords: hasOwnWords(of, submissions),
  };
}

function trapFollowed(
  of: Submission,
  opening: Opening | null,
  openings: readonly Opening[],
  showsPerson: boolean,
): Evidence['trap'] {
  const traps = openings.filter(({ page }) => page === 'trap');
  const fromIt = traps.filter(({ form }) => form !== null && form === of.form);
  if (fromIt.some((trap) => isSame(trap, of) && (!showsPerson || trap.at <= of.at))) return 'this_form';
  if (fromIt.length > 0 && !showsPerson) return 'by_others';
  const isNear = (trap: Opening) =>
    showsPerson ? isUntilSent(trap, of, opening) : isUntilJustAfter(trap, of, of.at.getTime() - NEAR_MS);
  return traps.some((trap) => isSame(trap, of) && isNear(trap)) ? 'same_visitor' : 'no';
}

const isUntilJustAfter = ({ at }: AtTime, of: Submission, from: number): boolean =>
  at.getTime() >= from && at.getTime() <= of.at.getTime() + AT_ONCE_MS;

/** From ten seconds before the form was opened until it was sent. */
function isUntilSent({ at }: AtTime, of: Submission, opening: Opening | null): boolean {
  return at.getTime() >= (opening ?? of).at.getTime() - AT_ONCE_MS && at <= of.at;
}

function scoresMeanwhile(of: Submission, submissions: readonly Submission[], openings: readonly Opening[]): number {
  const isUnused = (one: Submission) => one.signals === null && !hasOwnWords(one, submissions);
  if (!isUnused(of)) return 0;
  const scores = submissions
    .filter((one) => isUnused(one) && isWithin(one, of, TOGETHER_MS))
    .filter((one) => linksSent(one, submissions, openings) < SEVERAL)
    .map(({ score }) => score);
  return Math.min(new Set(scores).size, 4);
}

/** Links of the mail: one for each score, and the one to unsubscribe. */
function openedTogether(
  of: Submission,
  opening: Opening | null,
  openings: readonly Opening[],
  showsPerson: boolean,
): Evidence['openedTogether'] {
  const when: Visitor & AtTime = opening ?? of;
  const links = (which: (one: Opening) => boolean) =>
    new Set(openings.filter(which).flatMap(({ page, score }) => (page === 'unsubscribe' ? page : (score ?? [])))).size;
  const isNear = (one: Opening) =>
    showsPerson ? isUntilSent(one, of, opening) : isUntilJustAfter(one, of, when.at.getTime() - TOGETHER_MS);
  if (links((one) => isSame(one, when) && isNear(one)) >= SEVERAL) return 'by_the_same';
  return links((one) => isWithin(one, when, AT_ONCE_MS)) >= SEVERAL ? 'by_anybody' : 'no';
}

/** Who changes their mind does so on the page, and takes some seconds; a program sends what each link has chosen, or one after the other. */
function scoresTried(of: Submission, submissions: readonly Submission[], openings: readonly Opening[]): number {
  const around = submissions.filter(
    (other) => other.signals === null && isSame(other, of) && isWithin(other, of, TOGETHER_MS),
  );
  const tried = around.filter((one) => {
    const opening = openings.find(({ page, form }) => page === 'form' && form !== null && form === one.form);
    const isQuick = [opening, ...around].some((before) => before && before !== one && isJustBefore(before, one));
    return opening === undefined || opening.score === one.score || isQuick;
  });
  return new Set(tried.map(({ score }) => score)).size;
}

/** From how many score links forms without own words were sent by one kind of browser and input within minutes. */
function linksSent(of: Submission, submissions: readonly Submission[], openings: readonly Opening[]): number {
  const openingOf = (one: Submission) =>
    openings.find(({ page, form }) => page === 'form' && form !== null && form === one.form);
  const own = openingOf(of);
  if (!own || own.score === null || hasOwnWords(of, submissions)) return 0;
  const near = submissions
    .filter((one) => !hasOwnWords(one, submissions) && isAlike(one, of))
    .flatMap((one) => {
      const opening = openingOf(one);
      return opening && opening.score !== null && isWithin(opening, own, LINKS_MS) ? [{ one, opening }] : [];
    });
  const count = (all: typeof near) => new Set(all.map(({ opening }) => opening.score)).size;
  const others = near.filter(({ one }) => one.form !== of.form && (one.network === null || !isSame(one, of)));
  const isRead = of.at.getTime() - own.at.getTime() >= TO_READ_MS;
  const ofProgram = count(others) >= 4 && isRead && isApart(own, others);
  return ofProgram ? 3 : Math.min(count(near), 4);
}

/** Two minutes and four of their own pauses from all of them. */
function isApart(own: AtTime, others: readonly { readonly opening: AtTime }[]): boolean {
  const from = others.map(({ opening }) => opening.at.getTime() - own.at.getTime()).toSorted((a, b) => a - b);
  const isSameSide = (a: number, b: number) => a > 0 === b > 0;
  const pauses = from.flatMap((ms, n) => {
    const before = from[n - 1];
    return before !== undefined && isSameSide(before, ms) ? [ms - before] : [];
  });
  const nearest = Math.min(...from.map(Math.abs));
  return nearest >= 120 * SECOND && nearest > 4 * Math.max(0, ...pauses);
}

const hasOwnWords = (of: Submission, submissions: readonly Submission[]): boolean =>
  of.comment !== '' && !submissions.some((other) => saysTheSame(of, other));

function isAlike(a: Submission, b: Submission): boolean {
  const input = ({ signals }: Submission) =>
    signals && (['touches', 'pointer', 'keys'] as const).find((one) => signals[one] > 0);
  const isSameUse = a.signals === null ? b.signals === null && a.gesture === b.gesture : b.signals !== null;
  return a.agent === b.agent && isSameUse && input(a) === input(b);
}

function isJustBefore(before: AtTime, one: AtTime): boolean {
  const ms = one.at.getTime() - before.at.getTime();
  return ms >= 0 && ms < TO_READ_MS;
}

function repeatsOf(of: Submission, submissions: readonly Submission[]): number {
  if (of.form === null || of.signals !== null) return 0;
  return submissions
    .filter((other) => other.form === of.form && other.signals === null && isSame(other, of))
    .filter(({ score, comment }) => score === of.score && comment === of.comment)
    .reduce((sum, { times }) => sum + times, 0);
}

/**
 * The visitor who opened the form has sent it, and this is another one. A phone that changes its network goes on: the same agent, and a step
 * that comes after all before it.
 */
function isResubmission(of: Submission, opening: Opening | null, submissions: readonly Submission[]): boolean {
  if (opening === null || isSame(opening, of)) return false;
  const sent = submissions.filter((other) => other.form === of.form && isSame(other, opening));
  if (sent.length === 0) return false;
  const before = sent.filter((other) => other.at <= of.at);
  // Words that came first repeat nothing: they are the customer's on another network, and the form was sent again after them.
  if (before.length === 0 && of.comment !== '') return false;
  const goesOn =
    of.agent === opening.agent && of.step !== null && before.every(({ step }) => (step ?? 0) < (of.step ?? 0));
  return !goesOn;
}

/** The page shows the earlier words: who sends them with another form, or from elsewhere, has written nothing. */
const saysTheSame = (of: Submission, other: Submission): boolean =>
  !(isSame(other, of) && other.form === of.form) && other.comment === of.comment && isBefore(other, of);

const isBefore = (a: Submission, b: Submission): boolean =>
  a.at.getTime() < b.at.getTime() || (a.at.getTime() === b.at.getTime() && a.id < b.id);

const isWithin = (a: AtTime, b: AtTime, ms: number): boolean => Math.abs(a.at.getTime() - b.at.getTime()) <= ms;
