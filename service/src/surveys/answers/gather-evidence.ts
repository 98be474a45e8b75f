// Gathers the evidence about each submission of one invitation from what was opened and sent.
import { type Evidence, isSame, type Opening, type Submission, visitorOf } from './evidence.ts';
import { isPageUsed, MANY_LINKS, SEVERAL } from './judge.ts';
import { followedTraps, linksOpened, TOGETHER_MS } from './links-followed.ts';
import { linksSent } from './links-sent.ts';
import { around, countUpTo, countWithin, indexSpans, listAt, momentOf } from './spans.ts';

export interface Answering {
  /** When the mail was handed over. */
  readonly sentAt: Date | null;
  readonly openings: readonly Opening[];
  readonly submissions: readonly Submission[];
  /** How many other customers' surveys a network answered without a sign of use. */
  readonly crowds: ReadonlyMap<string, number>;
}

const SECOND = 1_000;
const TO_READ_MS = 3 * SECOND;

/** About each submission, in their order. What is compared is sorted once: a flooded link must not hold up the service. */
export function gatherEvidence({ sentAt, openings, submissions, crowds }: Answering): Evidence[] {
  const forms = new Map<string, Opening>();
  for (const one of openings)
    if (one.page === 'form' && one.form !== null && !forms.has(one.form)) forms.set(one.form, one);
  const openingOf = ({ form }: Submission): Opening | null => (form === null ? null : (forms.get(form) ?? null));
  const trapFollowed = followedTraps(openings);
  const openedTogether = linksOpened(openings);
  const triesManyScores = scoresTried(submissions, openingOf);
  const repeatsOf = countRepeats(submissions);
  const isResubmission = formsSent(submissions, openingOf);
  const saysTheSame = commentsSent(submissions);
  const hasOwnWords = (of: Submission) => of.comment !== '' && !saysTheSame(of);
  const countLinksSent = linksSent(
    submissions.filter((of) => !hasOwnWords(of)),
    openingOf,
  );
  const isUnused = (of: Submission) => of.signals === null && !hasOwnWords(of);
  const scoresMeanwhile = indexSpans(
    submissions.filter((of) => isUnused(of) && countLinksSent(of) < SEVERAL).map((of) => momentOf(of, '', of.score)),
  );
  return submissions.map((of) => {
    const opening = openingOf(of);
    const { agentKind, unlikeBrowser, gesture, signals } = of;
    const showsPerson = isPageUsed(signals) || hasOwnWords(of);
    return {
      agentKind,
      unlikeBrowser,
      gesture,
      signals,
      trap: of.trapFilled ? 'filled' : trapFollowed(of, opening, showsPerson),
      openedTogether: openedTogether(of, opening, showsPerson),
      manyScores: triesManyScores(of),
      linksSent: hasOwnWords(of) ? 0 : countLinksSent(of),
      scoresMeanwhile: isUnused(of)
        ? countWithin(scoresMeanwhile, '', { ...around(of, TOGETHER_MS), most: MANY_LINKS })
        : 0,
      repeats: repeatsOf(of),
      sinceDeliveryMs: sentAt && of.at.getTime() - sentAt.getTime(),
      onPageMs: opening && of.at.getTime() - opening.at.getTime(),
      otherNetwork: opening !== null && opening.network !== of.network,
      resubmission: isResubmission(of, opening),
      crowd: of.network === null ? 0 : (crowds.get(of.network) ?? 0),
      ownWords: hasOwnWords(of),
    };
  });
}

type OpeningOf = (of: Submission) => Opening | null;

/**
 * Who changes their mind does so on the page, and takes some seconds; a program sends what each link has chosen, or one after the other. What
 * is only tried because another came just before it counts from that one on.
 */
function scoresTried(submissions: readonly Submission[], openingOf: OpeningOf): (of: Submission) => boolean {
  const ofVisitors = new Map<string, Submission[]>();
  for (const one of submissions.filter(({ signals }) => signals === null).toSorted(byTime))
    listAt(ofVisitors, visitorOf(one)).push(one);
  const spans = [...ofVisitors].flatMap(([who, sent]) =>
    sent.flatMap((one, index) => {
      const opening = openingOf(one);
      if (opening === null || opening.score === one.score || isJustBefore(opening, one))
        return [momentOf(one, who, one.score)];
      const next = sent[index + 1];
      const before = next?.at.getTime() === one.at.getTime() ? next : sent[index - 1];
      if (!before || !isJustBefore(before, one)) return [];
      return [{ who, what: one.score, from: before.at.getTime(), to: one.at.getTime() }];
    }),
  );
  const tried = indexSpans(spans);
  return (of) =>
    of.signals === null && countWithin(tried, visitorOf(of), { ...around(of, TOGETHER_MS), most: SEVERAL }) >= SEVERAL;
}

function isJustBefore(before: Pick<Submission, 'at'>, one: Submission): boolean {
  const ms = one.at.getTime() - before.at.getTime();
  return ms >= 0 && ms < TO_READ_MS;
}

function countRepeats(submissions: readonly Submission[]): (of: Submission) => number {
  const keyOf = (one: Submission) => JSON.stringify([one.form, visitorOf(one), one.score, one.comment]);
  const isCounted = ({ form, signals }: Submission) => form !== null && signals === null;
  const sums = new Map<string, number>();
  for (const one of submissions.filter(isCounted)) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + one.times);
  return (of) => (isCounted(of) ? (sums.get(keyOf(of)) ?? 0) : 0);
}

/**
 * The visitor who opened the form has sent it, and this is another one. A phone that changes its network goes on: the same agent, and a step
 * that comes after all before it.
 */
function formsSent(
  submissions: readonly Submission[],
  openingOf: OpeningOf,
): (of: Submission, opening: Opening | null) => boolean {
  /** By form, what its opener sent, with the highest step up to then. */
  const byOpener = new Map<string, { to: number; step: number }[]>();
  for (const one of submissions.toSorted(byTime)) {
    const opening = openingOf(one);
    if (one.form === null || !opening || !isSame(one, opening)) continue;
    const sent = listAt(byOpener, one.form);
    sent.push({ to: one.at.getTime(), step: Math.max(one.step ?? 0, sent.at(-1)?.step ?? 0) });
  }
  return (of, opening) => {
    const sent = of.form === null ? undefined : byOpener.get(of.form);
    if (!opening || !sent || isSame(opening, of)) return false;
    const before = sent[countUpTo(sent, of.at.getTime()) - 1];
    // Words that came first repeat nothing: they are the customer's on another network, and the form was sent again after them.
    if (!before && of.comment !== '') return false;
    const goesOn = of.agent === opening.agent && of.step !== null && (!before || before.step < of.step);
    return !goesOn;
  };
}

/** The page shows what was sent before: who sends it again, with another form or from elsewhere, has written nothing. */
function commentsSent(submissions: readonly Submission[]): (of: Submission) => boolean {
  /** By comment: the first that was sent, and the first of another form or visitor. */
  const first = new Map<string, Submission[]>();
  const isOne = (a: Submission, b: Submission) => a.form === b.form && isSame(a, b);
  for (const one of submissions.toSorted(byTime)) {
    const known = listAt(first, one.comment);
    if (known.length < 2 && !known.some((other) => isOne(other, one))) known.push(one);
  }
  return (of) => {
    const other = first.get(of.comment)?.find((one) => !isOne(one, of));
    return other !== undefined && byTime(other, of) < 0;
  };
}

const byTime = (a: Submission, b: Submission): number => a.at.getTime() - b.at.getTime() || a.id - b.id;
