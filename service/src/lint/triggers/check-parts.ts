// Finds conditions and words of a trigger that change nothing.
import { conditionsIn, describeConditions, explainExclusion, partsOf, textImplies } from '../../decide/prove/index.ts';
import type { LintFinding, PolicyPath } from '../finding.ts';
import { isOnlyCategory, quoted, stepsOf } from './describe.ts';
import type { StudiedTrigger, Study } from './study.ts';
import { type Removable, removablesIn, without } from './variants.ts';

/** What could not be told of one trigger: for how many parts, and why. */
export interface CheckedParts {
  readonly findings: readonly LintFinding[];
  readonly undecided: number;
}

/**
 * Leaves out one part after another, from the last to the first, and asks for a ticket that is decided otherwise without it. What changes
 * nothing stays left out, so that of two words that say the same only the later one is reported.
 * @param isSafe whether a word can be left out without changing what counts as a misspelling elsewhere
 */
export function checkParts(
  study: Study,
  studied: StudiedTrigger,
  isSafe: (part: Removable['part']) => boolean,
): CheckedParts {
  const { trigger } = studied;
  const findings: LintFinding[] = [];
  const removed: PolicyPath[] = [];
  const examined = new Set<string>();
  let undecided = 0;
  let parts = removablesIn(trigger.conditions, removed);
  for (let at = 0; at < parts.length; ) {
    const removable = parts[at++];
    if (removable === undefined) break;
    const { path } = removable;
    examined.add(path.join('/'));
    const before = without(trigger.conditions, removed);
    const after = without(trigger.conditions, [...removed, path]);
    if (before === null || after === null) continue;
    if (study.budget <= 0) return { findings, undecided: undecided + 1 };
    const finding = checkPart(study, studied, removable, before, after, isSafe);
    if (finding === 'undecided') undecided++;
    else if (finding !== null) {
      findings.push(finding);
      removed.push(path);
      // What came before in the list was examined, and a part less can only make it more needed.
      parts = removablesIn(trigger.conditions, removed).filter((one) => !examined.has(one.path.join('/')));
      at = 0;
    }
  }
  return { findings, undecided };
}

type Conditions = StudiedTrigger['trigger']['conditions'];

function checkPart(
  study: Study,
  studied: StudiedTrigger,
  removable: Removable,
  before: Conditions,
  after: Conditions,
  isSafe: (part: Removable['part']) => boolean,
): LintFinding | 'undecided' | null {
  const { trigger, place, search, findUnbeaten, find, fewest } = studied;
  const { part, isAlternative, path } = removable;
  const [more, less] = isAlternative ? [before, after] : [after, before];
  const wanted = [
    { node: more, holds: true },
    { node: less, holds: false },
  ];
  // What other actions of the trigger do is done whoever sets the category.
  const canBeBeaten = isAlternative && isOnlyCategory(trigger);
  const { searched, by } = canBeBeaten ? findUnbeaten(wanted) : { searched: find(wanted), by: [] };
  if (searched.outcome === 'found') return null;
  if (searched.outcome === 'undecided') return 'undecided';
  const name = typeof part === 'string' ? `"${part}"` : describeConditions(part);
  const common = {
    severity: 'warning',
    path: ['triggers', place, 'conditions', ...path],
    at: 'value',
    ...(isSafe(part) && { remove: ['triggers', place, 'conditions', ...path] }),
  } as const;
  if (search.isImpossible(wanted.flatMap(search.literalsOf))) {
    const others = partsOf({ node: after, holds: true }).filter(({ node }) => !('any' in node));
    const own = typeof part === 'string' ? [] : [{ node: part, holds: true }];
    if (isAlternative && own.length > 0 && search.isImpossible([...own, ...others].flatMap(search.literalsOf))) {
      return {
        ...common,
        code: 'condition-never-holds',
        message: `${name} can never hold together with the other conditions of trigger ${quoted(trigger)}`,
        proof: stepsOf([explainExclusion([...others, ...own], search)]),
      };
    }
    return {
      ...common,
      code: 'condition-changes-nothing',
      message: `${name} changes nothing: trigger ${quoted(trigger)} fires for the same tickets without it`,
      proof: [
        whyCovered(part, after) ?? `every ticket with ${describeConditions(more)} has ${describeConditions(less)}`,
      ],
    };
  }
  const ahead = fewest(wanted, by);
  const names = ahead.map((other) => quoted(study.policy.triggers[other]));
  const shown = find(wanted);
  return {
    ...common,
    code: 'word-always-beaten',
    message: `${name} does nothing here: ${names.join(' or ')} above ${names.length > 1 ? 'set' : 'sets'} the category first for each ticket that trigger ${quoted(trigger)} catches only by it`,
    proof: [
      `each ticket with ${describeConditions(more)} and without ${describeConditions(less)} meets the conditions of ${names.join(' or ')}`,
    ],
    ...(shown.outcome === 'found' && { example: shown.example.ticket }),
  };
}

/** The word in what is left that covers the word left out. */
function whyCovered(part: Removable['part'], after: Conditions): string | null {
  if (typeof part !== 'string') return null;
  const others = conditionsIn(after).flatMap(({ operator, value }) =>
    operator.startsWith('includes_') ? [value ?? []].flat().map(String) : [],
  );
  const covering = [...new Set(others)].filter((other) => textImplies(part, other)).map((other) => `"${other}"`);
  return covering.length === 0 ? null : `every text with "${part}" has ${covering.join(' and ')}`;
}
