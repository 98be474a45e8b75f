// Names what surveys ask for and what follows unless the policy says otherwise: drivers, outcomes and root causes of follow-ups, and which scores are meant.
import { isScoreOf, SURVEY_KINDS, type SurveyKind, scoresOf } from './survey-kinds.ts';

export const DEFAULT_DRIVERS = ['speed', 'knowledge', 'friendliness', 'solution', 'effort'] as const;

/** The ids, in the order of the page. */
export const tickedDrivers = (
  page: { readonly drivers?: readonly { readonly id: string }[] | undefined } | undefined,
): readonly string[] => page?.drivers?.map(({ id }) => id) ?? DEFAULT_DRIVERS;

export interface Outcome {
  readonly id: string;
  /** Somebody has spoken to the customer. */
  readonly reached: boolean;
  /** The follow-up ends with it. */
  readonly ends: boolean;
}

/** The sidebar has their names in every language. */
export const OUTCOMES = [
  { id: 'reached', reached: true, ends: false },
  { id: 'not_reached', reached: false, ends: false },
  { id: 'resolved', reached: true, ends: true },
  { id: 'lost', reached: true, ends: true },
  { id: 'unreachable', reached: false, ends: true },
] as const satisfies readonly Outcome[];

/** The same. */
export const ROOT_CAUSES = ['product', 'speed', 'knowledge', 'communication', 'rules', 'price', 'other'] as const;

/** The scores that a class (`detractor`), a range (`0-6`) or one score names, lowest first. Null: it names none. */
export function readScoreRange(survey: SurveyKind, given: unknown): readonly number[] | null {
  const scores = scoresOf(survey);
  const { classes } = SURVEY_KINDS[survey];
  const at = classes.findIndex(({ name }) => name === given);
  const next = classes[at + 1]?.from ?? Number.POSITIVE_INFINITY;
  if (at !== -1) return scores.filter((score) => score >= (classes[at]?.from ?? 0) && score < next);
  const [, first, last = first] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(String(given)) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!isScoreOf(survey, from) || !isScoreOf(survey, to) || from > to) return null;
  return scores.filter((score) => score >= from && score <= to);
}
