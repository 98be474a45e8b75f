// Checks that follow-ups of bad answers concern scores that there are, and that agents can end them.

import { ALL_SURVEYS, isScoreOf, SURVEY_KINDS } from '../../words/survey-kinds.ts';
import { OUTCOMES, ROOT_CAUSES } from '../../words/survey-words.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { entriesAt, isBlock, valueAt } from '../value-at.ts';

export function checkFollowUps(policy: unknown): Finding[] {
  const list: PolicyPath = ['surveys', 'follow_ups'];
  return [
    ...checkScores(policy),
    ...checkNamed(
      policy,
      [...list, 'outcomes'],
      OUTCOMES.map(({ id }) => id),
    ),
    ...checkNamed(policy, [...list, 'root_causes'], ROOT_CAUSES),
    ...checkEnds(policy, [...list, 'outcomes']),
  ];
}

function checkScores(policy: unknown): Finding[] {
  return ALL_SURVEYS.flatMap((kind) => {
    const path = ['surveys', kind, 'follow_up', 'score_at_most'];
    const score = valueAt(policy, path);
    if (typeof score !== 'number' || !Number.isInteger(score)) return [];
    const { lowest, highest, goodFrom } = SURVEY_KINDS[kind];
    if (!isScoreOf(kind, score))
      return [errorAt(path, `is not a score of ${kind}: use one from ${lowest} to ${highest}`)];
    return score < goodFrom
      ? []
      : [warningAt(path, `${score} is a good score of ${kind}, so satisfied customers are followed up too; lower it`)];
  });
}

function checkNamed(policy: unknown, list: PolicyPath, ours: readonly string[]): Finding[] {
  return entriesAt(policy, list).flatMap(({ entry: { id, name }, path }) =>
    typeof id !== 'string' || name !== undefined || ours.includes(id)
      ? []
      : [errorAt([...path, 'id'], `"${id}" has no name and is not predefined (${ours.join(', ')}); add its name`)],
  );
}

function checkEnds(policy: unknown, list: PolicyPath): Finding[] {
  const outcomes = valueAt(policy, list);
  if (!Array.isArray(outcomes) || outcomes.length === 0) return [];
  const hasEnd = outcomes.some((one: unknown) => !isBlock(one) || one['ends'] !== false);
  return hasEnd ? [] : [errorAt(list, 'no outcome ends a follow-up; set ends: true for at least one', { at: 'key' })];
}
