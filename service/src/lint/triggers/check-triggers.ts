// Checks the logic of all triggers of a policy.
import { type ConditionNode, type Policy, parsePhrase } from '@deskwright/shared';
import { conditionsIn, type Example } from '../../decide/prove/index.ts';
import type { LintFinding } from '../finding.ts';
import { checkParts } from './check-parts.ts';
import { checkTrigger } from './check-trigger.ts';
import { notCompared, quoted, undecidedAt } from './describe.ts';
import { type Study, studyTrigger } from './study.ts';

export function checkTriggers(study: Study): readonly LintFinding[] {
  const { policy } = study;
  const examples = new Map<number, Example>();
  const isSafe = safeToRemove(policy);
  const findings: LintFinding[] = [];
  let unexamined = 0;
  for (const [place, trigger] of policy.triggers.entries()) {
    // Made here, so that what was found out about a trigger is forgotten before the next one.
    const studied = studyTrigger(study, place, trigger);
    const { findings: own, example } = checkTrigger(study, studied, examples, isSafe);
    findings.push(...own);
    if (example === null) continue;
    examples.set(studied.place, example);
    const parts = checkParts(study, studied, isSafe);
    if (study.budget <= 0) unexamined++;
    findings.push(...parts.findings);
    if (parts.undecided > 0 && study.budget > 0)
      findings.push(
        undecidedAt(
          ['triggers', studied.place, 'id'],
          `of ${parts.undecided} conditions or words of trigger ${quoted(studied.trigger)} it could not be shown whether they change anything`,
        ),
      );
  }
  if (unexamined > 0)
    findings.push(
      notCompared(
        ['triggers', policy.triggers.length - unexamined, 'id'],
        `of the last ${unexamined} triggers, the words were not compared with those of the others: the policy has too many`,
      ),
    );
  return findings;
}

/**
 * Whether a part can be removed without changing what counts as a misspelling: a word that the policy has is never taken for a misspelling
 * of another. It can where nothing is misspelt, or where the same words stand elsewhere. A part for which it says yes counts as removed.
 */
function safeToRemove({ triggers }: Policy): (part: ConditionNode | string) => boolean {
  const count = new Map<string, number>();
  let hasMisspelt = false;
  for (const word of triggers.flatMap(({ conditions }) => wordsIn(conditions))) {
    count.set(word.word, (count.get(word.word) ?? 0) + 1);
    hasMisspelt ||= word.misspelt;
  }
  return (part) => {
    if (!hasMisspelt) return true;
    const own = (typeof part === 'string' ? patternsOf(part) : wordsIn(part)).map(({ word }) => word);
    const left = new Map(
      own.map((word) => [word, (count.get(word) ?? 0) - own.filter((other) => other === word).length]),
    );
    if ([...left.values()].some((uses) => uses <= 0)) return false;
    for (const [word, uses] of left) count.set(word, uses);
    return true;
  };
}

const patternsOf = (phrase: string) => parsePhrase(phrase).ways.flat();

const wordsIn = (node: ConditionNode) =>
  conditionsIn(node).flatMap(({ operator, value }) =>
    operator.startsWith('includes_') ? [value ?? []].flat().flatMap((word) => patternsOf(String(word))) : [],
  );
