// Defines the figures about what customers answered.
import { SURVEY_KINDS } from '../words/survey-kinds.ts';
import type { DefinedFigure } from './figure-definition.ts';
import type { FigureId } from './figure-ids.ts';

const INTERVAL = 'The interval is Wilson’s (1927) at 95 %. Below 30 answers it is marked as too few to judge';
const CHANGED =
  'Surveys without an answer. An answer counts in the period of the first answer; if it is changed later, the new score replaces the old one.';

export const SURVEY_FIGURES = {
  csat: {
    name: 'Satisfaction (CSAT)',
    better: 'more',
    definition: 'The share of answers in which the customer was satisfied: 4 or 5 of 5.',
    formula: 'answers of 4 and 5 ÷ answers, for the group and agent who had solved the ticket.',
    leavesOut: CHANGED,
    source: `Top-two-box, as common for satisfaction. ${INTERVAL}`,
    from: { kind: 'top', of: 'csat', from: SURVEY_KINDS.csat.goodFrom },
  },
  csat_mean: {
    name: 'Mean satisfaction',
    better: 'more',
    definition: 'The mean of the answers to the question about satisfaction, from 1 to 5.',
    formula: 'sum of the scores ÷ answers.',
    leavesOut: CHANGED,
    source: 'The arithmetic mean',
    from: { kind: 'mean', of: 'csat', outOf: 1 },
  },
  ces: {
    name: 'Ease (CES)',
    better: 'more',
    definition: 'The share of answers in which the customer found it easy: 5, 6 or 7 of 7.',
    formula: 'answers of 5, 6 and 7 ÷ answers, for the group and agent who had solved the ticket.',
    leavesOut: CHANGED,
    source: `Customer effort score 2.0 (CEB, 2013), every degree of agreement. ${INTERVAL}`,
    from: { kind: 'top', of: 'ces', from: SURVEY_KINDS.ces.goodFrom },
  },
  ces_mean: {
    name: 'Mean ease',
    better: 'more',
    definition: 'The mean of the answers to the question about ease, from 1 to 7.',
    formula: 'sum of the scores ÷ answers.',
    leavesOut: CHANGED,
    source: 'Customer effort score 2.0 (CEB, 2013)',
    from: { kind: 'mean', of: 'ces', outOf: 1 },
  },
  response_rate: {
    name: 'Response rate',
    better: 'more',
    definition: 'The share of surveys asked in the period that were answered, whenever the answer came.',
    formula: 'surveys with an answer ÷ surveys asked.',
    leavesOut:
      'Surveys not asked: cancelled, or left out because the customer was asked lately. The newest surveys may still be answered.',
    source: 'AAPOR Standard Definitions, response rate 1',
    from: { kind: 'met', of: ['survey_asked'] },
  },
} as const satisfies Partial<Record<FigureId, DefinedFigure>>;
