// Finds triggers that never fire, always lose to earlier ones, or mean the same as another.
import { type ConditionNode, shareOf } from '@deskwright/shared';
import { type Example, explainExclusion, explainImplication, type ProofStep } from '../../decide/prove/index.ts';
import type { LintFinding } from '../finding.ts';
import { isOnlyCategory, quoted, stepsOf, undecidedAt } from './describe.ts';
import type { StudiedTrigger, Study } from './study.ts';

export interface CheckedTrigger {
  readonly findings: readonly LintFinding[];
  /** A ticket for which the trigger does what it is meant to. Null: there is none, or none was found. */
  readonly example: Example | null;
}

/**
 * @param firing examples of the earlier triggers, by place
 * @param isSafe see `checkParts`
 */
export function checkTrigger(
  study: Study,
  studied: StudiedTrigger,
  firing: ReadonlyMap<number, Example>,
  isSafe: (conditions: ConditionNode) => boolean,
): CheckedTrigger {
  const { place, trigger, search } = studied;
  const wanted = [{ node: trigger.conditions, holds: true }];
  const { searched, by } = study.setsCategory(place)
    ? studied.findUnbeaten(wanted)
    : { searched: studied.find(wanted), by: [] };
  switch (searched.outcome) {
    case 'found': {
      const { example } = searched;
      return { findings: saysTheSame(study, studied, example, firing), example };
    }
    case 'undecided':
      return {
        findings: [
          undecidedAt(
            ['triggers', place, 'id'],
            `it could not be shown that trigger ${quoted(trigger)} ${study.setsCategory(place) ? 'ever sets its category' : 'ever fires'}: ${searched.why}`,
          ),
        ],
        example: null,
      };
    case 'impossible':
      return {
        findings: [
          search.isImpossible(wanted.flatMap(search.literalsOf))
            ? neverFires(studied)
            : alwaysBeaten(study, studied, studied.fewest(wanted, by), isSafe),
        ],
        example: null,
      };
  }
}

function neverFires({ place, trigger, search }: StudiedTrigger): LintFinding {
  const proof = explainExclusion([{ node: trigger.conditions, holds: true }], search);
  return {
    code: 'trigger-never-fires',
    severity: 'warning',
    path: ['triggers', place, 'conditions'],
    at: 'key',
    message: `trigger ${quoted(trigger)} can never fire: no ticket can meet its conditions`,
    proof: stepsOf([proof]),
  };
}

function alwaysBeaten(
  study: Study,
  studied: StudiedTrigger,
  by: readonly number[],
  isSafe: (conditions: ConditionNode) => boolean,
): LintFinding {
  const { place, trigger, search, find } = studied;
  const { triggers } = study.policy;
  const [first = 0] = by;
  const own = { node: trigger.conditions, holds: true };
  const names = by.map((other) => quoted(triggers[other]));
  const isSame = by.length === 1 && impliesBack(study, studied, first);
  const shown = find([
    own,
    { node: study.conditionsOf(first), holds: true },
    ...by.slice(1).map((other) => ({ node: study.conditionsOf(other), holds: false })),
  ]);
  const steps: readonly ProofStep[] =
    by.length === 1 ? explainImplication(trigger.conditions, study.conditionsOf(first), search) : [];
  const proof =
    by.length === 1
      ? stepsOf(steps)
      : [
          `every ticket that meets its conditions meets those of ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, and none of these can be left out`,
        ];
  const isRemovable = isOnlyCategory(trigger);
  const rest = isRemovable ? 'so it has no effect' : 'so its category is never set; its tags and priority are';
  return {
    code: isSame ? 'triggers-say-the-same' : 'trigger-always-beaten',
    severity: 'warning',
    path: ['triggers', place, 'id'],
    at: 'value',
    message: isSame
      ? `trigger ${quoted(trigger)} fires for exactly the same tickets as ${names.join('')} above, which sets the category first`
      : `whenever trigger ${quoted(trigger)} fires, ${names.join(' or ')} above ${by.length > 1 ? 'have' : 'has'} set the category first, ${rest}`,
    proof,
    ...(shown.outcome === 'found' && { example: shown.example.ticket }),
    ...(isRemovable && isSafe(trigger.conditions) && { remove: ['triggers', place] }),
  };
}

/** Whether every ticket of the other trigger is one of this trigger. */
function impliesBack(study: Study, { trigger, search }: StudiedTrigger, other: number): boolean {
  return search.isImpossible([
    ...search.literalsOf({ node: study.conditionsOf(other), holds: true }),
    ...search.literalsOf({ node: trigger.conditions, holds: false }),
  ]);
}

/** Others that fire for the example, compared at most. */
const MOST_COMPARED = 20;

function saysTheSame(
  study: Study,
  studied: StudiedTrigger,
  example: Example,
  firing: ReadonlyMap<number, Example>,
): LintFinding[] {
  const { place, trigger, search } = studied;
  const earlier = study
    .firing(example.facts)
    .filter((other) => other < place && shareOf(study.policy.triggers[other]?.mode) === shareOf(trigger.mode))
    .slice(0, MOST_COMPARED);
  for (const other of earlier) {
    const itsExample = firing.get(other);
    if (itsExample === undefined || !study.firing(itsExample.facts).includes(place)) continue;
    const there = [
      ...search.literalsOf({ node: trigger.conditions, holds: true }),
      ...search.literalsOf({ node: study.conditionsOf(other), holds: false }),
    ];
    if (!search.isImpossible(there) || !impliesBack(study, studied, other)) continue;
    const name = quoted(study.policy.triggers[other]);
    return [
      {
        code: 'triggers-say-the-same',
        severity: 'warning',
        path: ['triggers', place, 'id'],
        at: 'value',
        message: `trigger ${quoted(trigger)} fires for exactly the same tickets as ${name} above; one trigger can have the actions of both`,
        proof: stepsOf(explainImplication(trigger.conditions, study.conditionsOf(other), search)),
        example: example.ticket,
      },
    ];
  }
  return [];
}
