// Decides labelled texts with a policy and counts what it gets right.
import type { Policy } from '@deskwright/shared';
import { compilePolicy } from '../decide/compile-policy.ts';
import { decide } from '../decide/decide.ts';
import type { Lesson } from './gather-labels.ts';

/** What one trigger decided. */
export interface Catches {
  right: number;
  wrong: number;
  /** A few texts each, as their customers wrote them. */
  readonly rightExamples: string[];
  readonly wrongExamples: Array<{ readonly text: string; readonly category: string }>;
  /** By category: how many it should have been. */
  readonly should: Map<string, number>;
}

export interface Measured {
  readonly texts: number;
  readonly right: number;
  /** No trigger sets their category, and the policy's default is not theirs. */
  readonly silent: number;
  readonly silentExamples: readonly string[];
  readonly byTrigger: ReadonlyMap<string, Catches>;
  /** By text: whether a trigger sets its category. */
  readonly decided: readonly boolean[];
}

const EXAMPLES = 3;

/** Every decision is the engine's own. */
export function measurePolicy(policy: Policy, lessons: readonly Lesson[]): Measured {
  const compiled = compilePolicy(policy);
  const byTrigger = new Map<string, Catches>();
  const decided: boolean[] = [];
  const silentExamples: string[] = [];
  let [right, silent] = [0, 0];
  for (const lesson of lessons) {
    const { value, reason } = decide(lesson.facts, compiled).category;
    const isRight = value === lesson.category;
    if (isRight) right++;
    decided.push(reason.by === 'trigger');
    if (reason.by === 'trigger') record(byTrigger, reason.triggerId, lesson, isRight);
    else if (!isRight && silent++ < EXAMPLES) silentExamples.push(exampleOf(lesson));
  }
  return { texts: lessons.length, right, silent, silentExamples, byTrigger, decided };
}

function record(byTrigger: Map<string, Catches>, id: string, lesson: Lesson, isRight: boolean): void {
  let catches = byTrigger.get(id);
  if (catches === undefined) {
    catches = { right: 0, wrong: 0, rightExamples: [], wrongExamples: [], should: new Map() };
    byTrigger.set(id, catches);
  }
  const { category } = lesson;
  catches.should.set(category, (catches.should.get(category) ?? 0) + 1);
  if (isRight && catches.right++ < EXAMPLES) catches.rightExamples.push(exampleOf(lesson));
  if (!isRight && catches.wrong++ < EXAMPLES) catches.wrongExamples.push({ text: exampleOf(lesson), category });
}

const LONGEST_EXAMPLE = 100;

function exampleOf({ facts }: Lesson): string {
  const text = [facts.subject, facts.description].join(' ').replace(/\s+/gu, ' ').trim();
  return text.length > LONGEST_EXAMPLE ? `${text.slice(0, LONGEST_EXAMPLE)}…` : text;
}
