// Learns which phrases indicate which category: the surest first, then the surest for the tickets that remain.

/** Texts reduced to the phrases that they have. Phrases and labels are numbers from 0. */
export interface PhraseTexts {
  readonly phrases: ReadonlyArray<readonly number[]>;
  readonly labels: readonly number[];
  readonly phraseCount: number;
  readonly labelCount: number;
  /** The label of texts that no trigger need catch, because the policy gives it to the rest; -1: none. */
  readonly restLabel: number;
}

/** The phrases of one label at one place of the list: one trigger. The first group that has a phrase of a text decides it. */
export interface Group {
  readonly label: number;
  readonly phrases: readonly number[];
}

export interface Levels {
  /** For each level the least share of right catches, of 1, among the texts that no earlier level caught. */
  readonly shares: readonly number[];
  /** How often each text is to be caught: a second phrase catches texts like it that the first does not. */
  readonly times: number;
  /** Unseen texts that count against each phrase: one that was seen twice proves little. */
  readonly doubt: number;
}

/** The fewest texts that a phrase must add. */
const FEWEST = 2;
/** The least share of right catches among all texts: words such as "my" are right of what is left by chance only. */
const LEAST_OVERALL = 0.5;

/** A list of phrases by label. Same input, same list. */
export function learnLevels(texts: PhraseTexts, { shares, times, doubt }: Levels): Group[] {
  const holders: number[][] = Array.from({ length: texts.phraseCount }, () => []);
  for (const [text, phrases] of texts.phrases.entries()) for (const phrase of phrases) holders[phrase]?.push(text);
  const left = new Uint8Array(texts.labels.length).fill(1);
  const groups: Group[] = [];
  for (const share of shares) {
    const level = learnLevel({ ...texts, holders, left }, { share, times, doubt });
    for (const phrase of level.flatMap((group) => group.phrases))
      for (const text of holders[phrase] ?? []) left[text] = 0;
    groups.push(...level);
  }
  return groups;
}

interface Remaining extends PhraseTexts {
  /** By phrase: the texts that have it. */
  readonly holders: ReadonlyArray<readonly number[]>;
  /** By text: 1 if no earlier level caught it. */
  readonly left: Uint8Array;
}

interface Level extends Omit<Levels, 'shares'> {
  readonly share: number;
}

interface Candidate {
  readonly phrase: number;
  readonly wrong: number;
  /** Texts that it would add; too high while outdated. */
  gain: number;
}

/** One group a label, the surest first. */
function learnLevel(remaining: Remaining, level: Level): Group[] {
  const { holders, left, labels, labelCount } = remaining;
  const groups: Array<Group & { readonly sure: number }> = [];
  const able = candidatesOf(remaining, level);
  for (let label = 0; label < labelCount; label++) {
    const phrases = pick(able[label] ?? [], remaining, label, level.times);
    if (phrases.length === 0) continue;
    const caught = new Set(phrases.flatMap((phrase) => (holders[phrase] ?? []).filter((text) => left[text] === 1)));
    let right = 0;
    for (const text of caught) if (labels[text] === label) right++;
    groups.push({ label, phrases, sure: right / caught.size });
  }
  return groups
    .toSorted((a, b) => b.sure - a.sure || a.label - b.label)
    .map(({ label, phrases }) => ({ label, phrases }));
}

/** By label: the phrases that are sure enough of it. */
function candidatesOf(remaining: Remaining, { share, doubt }: Level): Candidate[][] {
  const { holders, left, labels, labelCount, restLabel } = remaining;
  const ofAll = countLabels(labels.keys(), labels, labelCount, (text) => left[text] === 1);
  const able: Candidate[][] = Array.from({ length: labelCount }, () => []);
  for (const [phrase, texts] of holders.entries()) {
    if (texts.length < FEWEST) continue;
    const { counts, total } = countLabels(texts, labels, labelCount, (text) => left[text] === 1);
    let label = 0;
    for (let other = 1; other < labelCount; other++) if ((counts[other] ?? 0) > (counts[label] ?? 0)) label = other;
    const right = counts[label] ?? 0;
    const expected = (ofAll.counts[label] ?? 0) / ofAll.total;
    if (label === restLabel || right < FEWEST || (right + doubt * expected) / (total + doubt) < share) continue;
    const overall = countLabels(texts, labels, labelCount, () => true);
    if ((overall.counts[label] ?? 0) / overall.total < LEAST_OVERALL) continue;
    able[label]?.push({ phrase, gain: right, wrong: total - right });
  }
  return able;
}

function countLabels(
  texts: Iterable<number>,
  labels: readonly number[],
  labelCount: number,
  counts: (text: number) => boolean,
): { readonly counts: Int32Array; readonly total: number } {
  const byLabel = new Int32Array(labelCount);
  let total = 0;
  for (const text of texts) {
    if (!counts(text)) continue;
    const label = labels[text] ?? 0;
    byLabel[label] = (byLabel[label] ?? 0) + 1;
    total++;
  }
  return { counts: byLabel, total };
}

/** Picks the phrase that adds most texts, again and again; of equal ones the one that catches fewer wrongly, then the more frequent. */
function pick(candidates: readonly Candidate[], remaining: Remaining, label: number, times: number): number[] {
  const { holders, left, labels } = remaining;
  const covered = new Uint8Array(left.length);
  const gainOf = (phrase: number): number => {
    let gain = 0;
    for (const text of holders[phrase] ?? [])
      if (left[text] === 1 && labels[text] === label && (covered[text] ?? 0) < times) gain++;
    return gain;
  };
  const inOrder = (a: Candidate, b: Candidate): number => b.gain - a.gain || a.wrong - b.wrong || a.phrase - b.phrase;
  const picked: number[] = [];
  let open = candidates.toSorted(inOrder);
  while (open.length > 0) {
    // A gain only ever falls: behind the best one whose gain is up to date, none can be better.
    let best: Candidate | undefined;
    for (const one of open) {
      if (best !== undefined && one.gain < best.gain) break;
      one.gain = gainOf(one.phrase);
      if (best === undefined || inOrder(one, best) < 0) best = one;
    }
    if (best === undefined || best.gain < FEWEST) break;
    picked.push(best.phrase);
    for (const text of holders[best.phrase] ?? []) covered[text] = (covered[text] ?? 0) + 1;
    open = open.filter((one) => one !== best && one.gain >= FEWEST).toSorted(inOrder);
  }
  return picked;
}
