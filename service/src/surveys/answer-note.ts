// Composes the internal note about a customer's answer.
import type { SurveyKind } from '@deskwright/shared';
import { withoutPlaceholders } from '../decide/without-placeholders.ts';
import { HIGHEST_SCORE } from './survey-scale.ts';
import { ENGLISH } from './texts/english.ts';

export interface AnswerNote {
  survey: SurveyKind;
  score: number;
  comment: string;
  /** The answer this one replaces. */
  before: { score: number; comment: string } | null;
  company: string;
}

/** Text of the internal note. Always in English: agents read it, whatever the customer's language. */
export function answerNote({ survey, score, comment, before, company }: AnswerNote): string {
  const scale = ENGLISH.scales[survey];
  const highest = HIGHEST_SCORE[survey];
  const describe = (value: number) => `${value} of ${highest}, ${scale.labels[value - 1] ?? ''}`;
  const lines = [
    `Customer's answer (${survey.toUpperCase()}): ${describe(score)}`,
    `Asked: ${[scale.lead, scale.question(company)].filter(Boolean).join(' ')}`,
  ];
  if (before && before.score !== score) lines.push(`Changed. Before: ${describe(before.score)}`);
  if (before && before.score === score) lines.push('Changed: the comment.');
  if (comment) lines.push('', 'Comment:', withoutPlaceholders(comment));
  return lines.join('\n');
}
