// Joins and leaves out groups of phrases that hardly matter, so that fewer triggers remain.
import type { Group, PhraseTexts } from './learn-levels.ts';

export interface Simplify {
  /** The most groups that may remain, whatever it costs. */
  readonly most: number;
  /** Texts that a group must decide rightly to be worth a trigger of its own. */
  readonly worth: number;
}

interface Cluster {
  readonly label: number;
  phrases: readonly number[];
  /** Its place in the list; those at one place are one group. Infinity: left out. */
  place: number;
}

const NOWHERE = Number.POSITIVE_INFINITY;

/**
 * Moves a group to the place of another of its label, or leaves it out, whichever costs fewest texts; again and again while a step costs
 * fewer than `worth` texts or there are too many. Same input, same result.
 */
export function simplifyGroups(texts: PhraseTexts, groups: readonly Group[], { most, worth }: Simplify): Group[] {
  const clusters = groups.map(({ label, phrases }, place): Cluster => ({ label, phrases, place }));
  const ofPhrase = new Map<number, number[]>();
  for (const [at, { phrases }] of clusters.entries()) {
    for (const phrase of phrases) ofPhrase.set(phrase, [...(ofPhrase.get(phrase) ?? []), at]);
  }
  const byText = texts.phrases.map((phrases) => [...new Set(phrases.flatMap((phrase) => ofPhrase.get(phrase) ?? []))]);
  const textsOf: number[][] = clusters.map(() => []);
  for (const [text, own] of byText.entries()) for (const at of own) textsOf[at]?.push(text);

  const isRight = (text: number): number => {
    let best: Cluster | undefined;
    for (const at of byText[text] ?? []) {
      const cluster = clusters[at];
      if (cluster !== undefined && cluster.place < (best?.place ?? NOWHERE)) best = cluster;
    }
    return (best?.label ?? texts.restLabel) === texts.labels[text] ? 1 : 0;
  };
  /** Texts decided rightly before, and not any more with these clusters at another place. */
  const costOf = (members: readonly number[], place: number): number => {
    const touched = new Set(members.flatMap((at) => textsOf[at] ?? []));
    const count = (): number => [...touched].reduce((sum, text) => sum + isRight(text), 0);
    const before = count();
    const former = members.map((at) => clusters[at]?.place ?? NOWHERE);
    move(clusters, members, () => place);
    const after = count();
    move(clusters, members, (at) => former[at] ?? NOWHERE);
    return before - after;
  };

  for (;;) {
    const places = [...new Set(clusters.map(({ place }) => place))].filter((place) => place < NOWHERE);
    let best: { members: number[]; place: number; cost: number } | undefined;
    for (const from of places) {
      const members = [...clusters.keys()].filter((at) => clusters[at]?.place === from);
      const label = clusters[members[0] ?? 0]?.label;
      const others = places.filter(
        (place) => place !== from && clusters.some((c) => c.place === place && c.label === label),
      );
      for (const place of [...others, NOWHERE]) {
        const cost = costOf(members, place);
        if (best === undefined || cost < best.cost) best = { members, place, cost };
      }
    }
    if (best === undefined || (best.cost >= worth && places.length <= most)) break;
    const { place } = best;
    move(clusters, best.members, () => place);
  }
  const places = [...new Set(clusters.map(({ place }) => place))].filter((place) => place < NOWHERE);
  return places
    .toSorted((a, b) => a - b)
    .map((place) => {
      const own = clusters.filter((cluster) => cluster.place === place);
      return { label: own[0]?.label ?? 0, phrases: [...new Set(own.flatMap(({ phrases }) => phrases))] };
    });
}

function move(clusters: readonly Cluster[], members: readonly number[], placeOf: (at: number) => number): void {
  for (const [at, member] of members.entries()) {
    const cluster = clusters[member];
    if (cluster !== undefined) cluster.place = placeOf(at);
  }
}
