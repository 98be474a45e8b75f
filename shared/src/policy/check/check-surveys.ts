// Checks that every survey in use is defined, and the conditions of campaigns.

import { SURVEYS } from '../../words/survey-kinds.ts';
import { GROUP_KEYS } from '../condition.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { type Block, entriesAt, isBlock, textsAt, valueAt } from '../value-at.ts';
import { checkCadence } from './check-cadence.ts';
import { checkConditions } from './check-conditions.ts';
import { checkFollowUps } from './check-follow-ups.ts';
import { shorten, unknownWord } from './check-spelling.ts';
import { findImpossible } from './find-impossible.ts';

/** Surveys used but not configured (errors), configured but never used (warnings). */
export function checkSurveys(policy: unknown): Finding[] {
  const written = valueAt(policy, ['default_survey']);
  const byDefault = written ?? (valueAt(policy, ['surveys', 'csat']) === undefined ? 'none' : 'csat');
  const asked = new Set([byDefault, ...textsAt(policy, ['categories'], 'survey')]);
  const unused = SURVEYS.filter((kind) => valueAt(policy, ['surveys', kind]) !== undefined && !asked.has(kind));
  return [
    ...checkDescribed(policy, written, ['default_survey']),
    ...entriesAt(policy, ['categories']).flatMap(({ entry, path }) =>
      checkDescribed(policy, entry['survey'], [...path, 'survey']),
    ),
    ...checkWhoMayAsk(policy),
    ...checkBrands(policy),
    ...SURVEYS.flatMap((kind) => checkWhoIsAsked(policy, kind)),
    ...unused.map((kind) =>
      warningAt(
        ['surveys', kind],
        `neither a category nor default_survey uses ${kind}; use it there or remove it here`,
        { at: 'key' },
      ),
    ),
    ...checkCadence(policy),
    ...checkFollowUps(policy),
  ];
}

function checkDescribed(policy: unknown, kind: unknown, path: PolicyPath): Finding[] {
  if (!SURVEYS.some((known) => known === kind) || valueAt(policy, ['surveys', String(kind)]) !== undefined) return [];
  const survey = String(kind);
  return [
    errorAt(path, `survey ${survey} is not defined; add it under surveys: { ${survey}: { delay: 24h, expires: 14d } }`),
  ];
}

/** All that is wrong in the conditions of a campaign, with paths that begin at the block itself. */
export function checkCampaignConditions(value: unknown): Finding[] {
  return [...checkConditions(value), ...findComments(value)];
}

/** All that is wrong in the conditions of who is asked after a solve, with paths that begin at the block itself. */
export function checkSolveConditions(value: unknown): Finding[] {
  return [...checkConditions(value, 'solve'), ...findComments(value)];
}

const findComments = (value: unknown): Finding[] =>
  conditionsIn(value, []).flatMap(({ condition: { field }, path }) =>
    field === 'comment'
      ? [
          errorAt(
            [...path, 'field'],
            'comment cannot be used in the conditions of a survey, because comments are not stored; use tags, group, language or another field',
          ),
        ]
      : [],
  );

/** Categories and tiers that do not exist, and conditions that no ticket can meet. */
function checkWhoIsAsked(policy: unknown, kind: string): Finding[] {
  const path = ['surveys', kind, 'conditions'];
  const written = valueAt(policy, path);
  if (written === undefined) return [];
  const known = { category: textsAt(policy, ['categories'], 'id'), tier: textsAt(policy, ['tiers'], 'id') };
  const unknown = conditionsIn(written, path).flatMap(({ condition: { field, value }, path: at }) =>
    field === 'category' || field === 'tier'
      ? [value].flat().flatMap((id: unknown, index) => {
          if (typeof id !== 'string' || known[field].includes(id)) return [];
          const here = Array.isArray(value) ? [...at, 'value', index] : [...at, 'value'];
          return [unknownWord(field, id, known[field], here)];
        })
      : [],
  );
  return [...unknown, ...findImpossible(written, path, `${kind} is never sent`, 'solve')];
}

function checkWhoMayAsk(policy: unknown): Finding[] {
  const path = ['surveys', 'agents_may_ask'];
  const written = valueAt(policy, path);
  const tiers = textsAt(policy, ['tiers'], 'id');
  if (!Array.isArray(written)) return [];
  return written.flatMap((tier: unknown, index) =>
    typeof tier !== 'string' || tiers.includes(tier) ? [] : [unknownWord('tier', tier, tiers, [...path, index])],
  );
}

/** What customers of a brand would not get, or would read as another brand. */
function checkBrands(policy: unknown): Finding[] {
  const thanks = valueAt(policy, ['surveys', 'nps', 'thank_you']);
  return entriesAt(policy, ['surveys', 'brands']).flatMap(({ entry, path }) => {
    const own = entry['thank_you'];
    if (!isBlock(thanks))
      return own === undefined
        ? []
        : [
            warningAt(
              [...path, 'thank_you'],
              'has no effect, because nobody is thanked; add surveys.nps.thank_you or remove it here',
              { at: 'key' },
            ),
          ];
    const hasLink = isBlock(own) && own['link'] !== undefined;
    if (thanks['link'] === undefined || hasLink) return [];
    const name = shorten(String(entry['brand']));
    return [
      warningAt(
        [...path, 'brand'],
        `customers of "${name}" are sent to the link of surveys.nps.thank_you, which may be another brand's; give the brand a thank_you.link`,
      ),
    ];
  });
}

interface FoundCondition {
  readonly condition: Block;
  readonly path: PolicyPath;
}

/** Each condition anywhere below. */
function conditionsIn(node: unknown, path: PolicyPath): FoundCondition[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => conditionsIn(one, [...path, index]));
  if (!isBlock(node)) return [];
  if ('field' in node) return [{ condition: node, path }];
  return GROUP_KEYS.flatMap((key) => conditionsIn(node[key], [...path, key]));
}
