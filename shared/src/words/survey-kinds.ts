// Defines the kinds of surveys: scale, classes of scores, good scores, audience and purpose.

/** A class of scores, from its lowest score up to the next class. */
interface ScoreClass {
  readonly name: string;
  readonly from: number;
}

interface SurveyKindDefinition {
  readonly lowest: number;
  readonly highest: number;
  /** Lowest first; the first begins with `lowest`. */
  readonly classes: readonly ScoreClass[];
  /** The lowest good score. */
  readonly goodFrom: number;
  readonly asks: 'customers' | 'agents';
  /** `solve`: about a ticket that was solved. `campaign`: about the company, by a plan of its own. */
  readonly after: 'solve' | 'campaign';
  /** Answers carry no name, and none is shown before there are this many of them; null: they carry the name. */
  readonly anonymousUnder: number | null;
}

const SATISFACTION = [
  { name: 'unhappy', from: 1 },
  { name: 'neutral', from: 3 },
  { name: 'happy', from: 4 },
] as const;

/**
 * CSAT: satisfaction, of which the top two boxes count. CES 2.0: agreement with "... made it easy for me to handle my issue", where every degree
 * of agreement counts (Dixon, Toman and DeLisi, "The Effortless Experience", 2013). NPS: likelihood to recommend (Reichheld, "The One Number You
 * Need to Grow", Harvard Business Review, 2003). Pulse: how agents' week was.
 */
export const SURVEY_KINDS = {
  csat: {
    lowest: 1,
    highest: 5,
    classes: SATISFACTION,
    goodFrom: 4,
    asks: 'customers',
    after: 'solve',
    anonymousUnder: null,
  },
  ces: {
    lowest: 1,
    highest: 7,
    classes: [
      { name: 'hard', from: 1 },
      { name: 'neutral', from: 4 },
      { name: 'easy', from: 5 },
    ],
    goodFrom: 5,
    asks: 'customers',
    after: 'solve',
    anonymousUnder: null,
  },
  nps: {
    lowest: 0,
    highest: 10,
    classes: [
      { name: 'detractor', from: 0 },
      { name: 'passive', from: 7 },
      { name: 'promoter', from: 9 },
    ],
    goodFrom: 9,
    asks: 'customers',
    after: 'campaign',
    anonymousUnder: null,
  },
  pulse: {
    lowest: 1,
    highest: 5,
    classes: SATISFACTION,
    goodFrom: 4,
    asks: 'agents',
    after: 'campaign',
    anonymousUnder: 5,
  },
} as const satisfies Readonly<Record<string, SurveyKindDefinition>>;

export type SurveyKind = keyof typeof SURVEY_KINDS;
export type ScoreClassName = (typeof SURVEY_KINDS)[SurveyKind]['classes'][number]['name'];

/** In the order of the table. */
export const ALL_SURVEYS = ['csat', 'ces', 'nps', 'pulse'] as const satisfies readonly SurveyKind[];

/** Those that a solved ticket leads to: categories and `default_survey` name one of them. */
export const SURVEYS = ['csat', 'ces'] as const satisfies readonly SurveyKind[];
export type SolveSurvey = (typeof SURVEYS)[number];

/** Who solved a ticket. `automation`: a trigger or an automation of Zendesk, or Deskwright. */
export const SOLVERS = ['agent', 'automation', 'customer'] as const;
export type Solver = (typeof SOLVERS)[number];

/** Without the pulse, which is anonymous: nothing of it may be told by group. */
export const CUSTOMER_SURVEYS = ['nps', 'csat', 'ces'] as const satisfies readonly SurveyKind[];
export type CustomerSurvey = (typeof CUSTOMER_SURVEYS)[number];

/** All scores, lowest first. */
export function scoresOf(survey: SurveyKind): readonly number[] {
  const { lowest, highest } = SURVEY_KINDS[survey];
  return Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
}

export function isScoreOf(survey: SurveyKind, score: number): boolean {
  const { lowest, highest } = SURVEY_KINDS[survey];
  return Number.isInteger(score) && score >= lowest && score <= highest;
}

/** `detractor`, `passive`, `promoter`, ... @throws RangeError when it is no score of the survey */
export function classOfScore(survey: SurveyKind, score: number): ScoreClassName {
  const found = isScoreOf(survey, score)
    ? SURVEY_KINDS[survey].classes.findLast(({ from }) => score >= from)
    : undefined;
  if (!found) throw new RangeError(`not a score of ${survey}: ${score}`);
  return found.name;
}

export function isGoodScore(survey: SurveyKind, score: number): boolean {
  return score >= SURVEY_KINDS[survey].goodFrom;
}

/** `csat__4`: the tag that records an answer on a ticket. */
export function scoreTag(survey: SurveyKind, score: number): string {
  return `${survey}__${score}`;
}
