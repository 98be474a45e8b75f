// Finds which links of the mail and of its page were followed about when a form was sent.
import { type Evidence, isSame, type Opening, type Submission, visitorOf } from './evidence.ts';
import { SEVERAL } from './judge.ts';
import { around, countWithin, indexSpans, listAt, momentOf, type Spans } from './spans.ts';

const SECOND = 1_000;
/** One after the other by the same program; a person needs longer for three links. */
export const TOGETHER_MS = 60 * SECOND;
const AT_ONCE_MS = 10 * SECOND;
const NEAR_MS = 600 * SECOND;

/** One, how its form was opened, and whether it shows signs of use or own words. */
type OfSubmission = [of: Submission, opening: Opening | null, showsPerson: boolean];

/** Of the link that no person sees. */
export function followedTraps(openings: readonly Opening[]): (...of: OfSubmission) => Evidence['trap'] {
  const traps = openings.filter(({ page }) => page === 'trap');
  const ofForms = new Map<string, Opening[]>();
  for (const trap of traps) if (trap.form !== null) listAt(ofForms, trap.form).push(trap);
  const times = indexSpans(traps.map((one) => momentOf(one, visitorOf(one), 'trap')));
  return (of, opening, showsPerson) => {
    const fromIt = of.form === null ? [] : (ofForms.get(of.form) ?? []);
    if (fromIt.some((trap) => isSame(trap, of) && (!showsPerson || trap.at <= of.at))) return 'this_form';
    if (fromIt.length > 0 && !showsPerson) return 'by_others';
    const when = showsPerson ? untilSent(of, opening) : untilJustAfter(of, of.at.getTime() - NEAR_MS);
    return countWithin(times, visitorOf(of), { ...when, most: 1 }) > 0 ? 'same_visitor' : 'no';
  };
}

/** Gateways come after customers too, in the same network and under the same name. */
const untilJustAfter = ({ at }: Submission, from: number) => ({ from, to: at.getTime() + AT_ONCE_MS });

/** Programs come to an end with one mail at once; who opens the form some seconds after them is somebody else in the same network. */
const untilSent = (of: Submission, opening: Opening | null) => ({
  from: (opening ?? of).at.getTime() - AT_ONCE_MS,
  to: of.at.getTime(),
});

/** Links of the mail: one for each score, and the one to unsubscribe. */
export function linksOpened(openings: readonly Opening[]): (...of: OfSubmission) => Evidence['openedTogether'] {
  const linkOf = ({ page, score }: Opening) => (page === 'unsubscribe' ? page : score);
  const by = (who: (opening: Opening) => string) =>
    indexSpans(
      openings.flatMap((one) => {
        const link = linkOf(one);
        return link === null ? [] : [momentOf(one, who(one), link)];
      }),
    );
  const byVisitor = by(visitorOf);
  const byAnybody = by(() => '');
  return (of, opening, showsPerson) => {
    const several = (spans: Spans, who: string, when: { from: number; to: number }) =>
      countWithin(spans, who, { ...when, most: SEVERAL }) >= SEVERAL;
    const opened = opening ?? of;
    const when = showsPerson ? untilSent(of, opening) : untilJustAfter(of, opened.at.getTime() - TOGETHER_MS);
    if (several(byVisitor, visitorOf(opened), when)) return 'by_the_same';
    return several(byAnybody, '', around(opened, AT_ONCE_MS)) ? 'by_anybody' : 'no';
  };
}
