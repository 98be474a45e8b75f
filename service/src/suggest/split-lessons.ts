// Splits texts into a part to learn from and a part to measure on, by a seed.
import { createHash } from 'node:crypto';
import type { Lesson } from './gather-labels.ts';

/** A number from 0 to 1 that depends on the text and the seed alone, so that the order of a file does not matter. */
export function drawOf(text: string, seed: number | string): number {
  return createHash('sha256').update(`${seed}\n${text}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** @param share of 1, to be held out */
export function splitLessons(
  lessons: readonly Lesson[],
  share: number,
  seed: number | string,
): { readonly learnt: readonly Lesson[]; readonly heldOut: readonly Lesson[] } {
  const learnt: Lesson[] = [];
  const heldOut: Lesson[] = [];
  for (const lesson of lessons) (drawOf(lesson.text, seed) < share ? heldOut : learnt).push(lesson);
  return { learnt, heldOut };
}

/** At most so many texts, drawn by the seed; of each category at least some. */
export function drawLessons(
  lessons: readonly Lesson[],
  most: number,
  ofEach: number,
  seed: number | string,
): readonly Lesson[] {
  if (lessons.length <= most) return lessons;
  const drawn = lessons
    .map((lesson) => ({ lesson, draw: drawOf(lesson.text, `${seed} drawn`) }))
    .toSorted((a, b) => a.draw - b.draw);
  const kept = new Set<Lesson>();
  const counts = new Map<string, number>();
  for (const { lesson } of drawn) {
    const count = counts.get(lesson.category) ?? 0;
    counts.set(lesson.category, count + 1);
    if (count < ofEach) kept.add(lesson);
  }
  for (const { lesson } of drawn) if (kept.size < most) kept.add(lesson);
  return lessons.filter((lesson) => kept.has(lesson));
}
