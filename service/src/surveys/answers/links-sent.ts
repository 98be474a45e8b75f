// Counts from how many links of a mail forms were sent alike, as by a program that changes its network with each link.
import { isSame, type Opening, type Submission } from './evidence.ts';
import { MANY_LINKS, SEVERAL } from './judge.ts';
import { around, countUpTo, countWithin, indexSpans, listAt, momentOf } from './spans.ts';

const SECOND = 1_000;
/** A program that takes its time opens a link every few minutes. */
const LINKS_MS = 1_200 * SECOND;
/** A program does not wait so long and then open one more link, unless it waits about as long between all. */
const APART_MS = 120 * SECOND;
const TIMES_ITS_PAUSE = 4;
const TO_READ_MS = 3 * SECOND;

/** What stays when the network changes: the browser, and how it uses pages. */
const kindOf = ({ agent, gesture, signals }: Submission): string => {
  if (signals === null) return `${agent} without script ${gesture}`;
  const { touches, pointer, keys } = signals;
  return `${agent} ${touches > 0 ? 'touch' : pointer > 0 ? 'pointer' : keys > 0 ? 'keys' : 'clicks'}`;
};

/** A submission and when its form was opened, in epoch milliseconds. */
interface Sent {
  readonly of: Submission;
  readonly score: number;
  readonly to: number;
}

/** Counted by when the forms were opened. @param submissions without own words */
export function linksSent(
  submissions: readonly Submission[],
  openingOf: (of: Submission) => Opening | null,
): (of: Submission) => number {
  const all = submissions.flatMap((of): Sent[] => {
    const opening = openingOf(of);
    return opening === null || opening.score === null ? [] : [{ of, score: opening.score, to: opening.at.getTime() }];
  });
  const moments = indexSpans(all.map(({ of, score, to }) => momentOf({ at: new Date(to) }, kindOf(of), score)));
  const byKind = new Map<string, Sent[]>();
  for (const one of all.toSorted((a, b) => a.to - b.to)) listAt(byKind, kindOf(one.of)).push(one);
  return (of) => {
    const opening = openingOf(of);
    if (opening === null || opening.score === null) return 0;
    const n = countWithin(moments, kindOf(of), { ...around(opening, LINKS_MS), most: MANY_LINKS });
    return n === MANY_LINKS && isApart(of, opening, byKind.get(kindOf(of)) ?? []) ? SEVERAL : n;
  };
}

/**
 * There was time to read it, and the links that others sent are the program's without it: as many, and after a far shorter pause each. So comes a customer
 * whose browser is the program's too: browsers of one version name themselves alike.
 */
function isApart(of: Submission, opening: Opening, sent: readonly Sent[]): boolean {
  const at = opening.at.getTime();
  if (of.at.getTime() - at < TO_READ_MS) return false;
  const next = countUpTo(sent, at);
  const before = others(of, sent, next - 1, -1, at);
  const after = others(of, sent, next, 1, at);
  if (before === null || after === null) return false;
  const pause = Math.max(longestPause(before), longestPause(after));
  const nearest = Math.min(...[before[0], after[0]].flatMap((one) => (one ? Math.abs(one.to - at) : [])));
  const scores = new Set([...before, ...after].map(({ score }) => score));
  return scores.size >= MANY_LINKS && nearest > TIMES_ITS_PAUSE * pause;
}

/** What other visitors sent, from the nearest on; null: it is not apart from the nearest. @param step -1: what was opened before; 1: after */
function others(of: Submission, sent: readonly Sent[], from: number, step: -1 | 1, at: number): Sent[] | null {
  const found: Sent[] = [];
  for (let index = from; ; index += step) {
    const one = sent[index];
    if (!one || Math.abs(one.to - at) > LINKS_MS) return found;
    if (isOneVisitors(one.of, of)) continue;
    if (found.length === 0 && Math.abs(one.to - at) < APART_MS) return null;
    found.push(one);
  }
}

const isOneVisitors = (a: Submission, b: Submission): boolean =>
  a.form === b.form || (a.network !== null && isSame(a, b));

const longestPause = (sent: readonly Sent[]): number =>
  sent.reduce((longest, { to }, index) => Math.max(longest, Math.abs(to - (sent[index - 1]?.to ?? to))), 0);
