// Gathers the texts to learn from: each once, with the label that most of its tickets have.
import { foldText, type TicketFacts } from '@deskwright/shared';

/** A ticket and the category that people gave it; null: none. */
export interface LabelledTicket {
  readonly facts: TicketFacts;
  readonly label: string | null;
}

/** A text, with the id of its category. */
export interface Lesson {
  readonly facts: TicketFacts;
  readonly category: string;
  /** Folded, so that capitals do not make two texts of one. */
  readonly text: string;
}

export interface Gathered {
  /** In the order of the tickets. */
  readonly lessons: readonly Lesson[];
  readonly tickets: number;
  readonly unlabelled: number;
  readonly empty: number;
  /** Tickets with the text of an earlier one. */
  readonly repeated: number;
  /** Texts to which people gave different categories; the most frequent counts, and those without one are left out. */
  readonly contradictory: number;
}

/** @param categoryOf the id of the category that a label means; of one that the policy does not have, the id it would get */
export function gatherLabels(tickets: Iterable<LabelledTicket>, categoryOf: (label: string) => string): Gathered {
  const texts = new Map<string, { facts: TicketFacts; readonly counts: Map<string, number> }>();
  let [count, unlabelled, empty, repeated] = [0, 0, 0, 0];
  for (const { facts, label } of tickets) {
    count++;
    const text = textOf(facts);
    if (label === null || label.trim() === '') unlabelled++;
    else if (text === '') empty++;
    else {
      const known = texts.get(text) ?? { facts, counts: new Map<string, number>() };
      if (known.counts.size > 0) repeated++;
      const category = categoryOf(label);
      known.counts.set(category, (known.counts.get(category) ?? 0) + 1);
      texts.set(text, known);
    }
  }
  const lessons: Lesson[] = [];
  let contradictory = 0;
  for (const [text, { facts, counts }] of texts) {
    if (counts.size > 1) contradictory++;
    const [first, second] = [...counts].toSorted((a, b) => b[1] - a[1]);
    if (first !== undefined && first[1] > (second?.[1] ?? 0)) lessons.push({ facts, category: first[0], text });
  }
  return { lessons, tickets: count, unlabelled, empty, repeated, contradictory };
}

const textOf = ({ subject, description }: TicketFacts): string =>
  [subject, description]
    .map((part) => foldText(part).replace(/\s+/gu, ' ').trim())
    .join('\n')
    .trim();
