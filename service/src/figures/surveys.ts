// Finds the surveys about a ticket, and their answers.
import { type SolveSurvey, SURVEYS } from '@deskwright/shared';
import type { Timeline } from './timeline.ts';

interface Answer {
  readonly survey: SolveSurvey;
  /** Epoch milliseconds: of the first answer. */
  readonly at: number;
  /** Of the latest one. */
  readonly score: number;
  readonly askedAt: number | null;
}

export interface Surveyed {
  readonly asked: readonly { readonly survey: string; readonly at: number; readonly isAnswered: boolean }[];
  readonly answers: readonly Answer[];
}

/** Each invitation is answered once; a changed answer replaces the score, and one that a machine gave is withdrawn. */
export function readSurveys({ steps }: Timeline): Surveyed {
  const asked = new Map<string, { survey: string; at: number }>();
  const answers = new Map<string, Answer>();
  for (const { entry, at } of steps) {
    const { kind, value, ref } = entry;
    if (value === null) continue;
    if (kind === 'survey_asked') {
      const key = `${value} ${ref}`;
      if (!asked.has(key)) asked.set(key, { survey: value, at });
    }
    if (kind !== 'survey_answered') continue;
    const [name, score] = value.split(':');
    const survey = SURVEYS.find((one) => one === name);
    const key = `${name} ${ref}`;
    if (score === 'withdrawn') answers.delete(key);
    if (survey === undefined || !score || !Number.isFinite(Number(score))) continue;
    const first = answers.get(key)?.at ?? at;
    answers.set(key, { survey, at: first, score: Number(score), askedAt: asked.get(key)?.at ?? null });
  }
  return {
    asked: [...asked].map(([key, one]) => ({ ...one, isAnswered: answers.has(key) })),
    answers: [...answers.values()],
  };
}
