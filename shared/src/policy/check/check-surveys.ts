// Checks that every survey in use is configured, and who a campaign asks.

import { SURVEYS } from '../../words/survey-kinds.ts';
import { GROUP_KEYS } from '../condition.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { isBlock } from '../is-block.ts';
import { entriesAt, textsAt, valueAt } from '../value-at.ts';
import { checkConditions } from './check-conditions.ts';

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
    ...unused.map((kind) =>
      warningAt(
        ['surveys', kind],
        `no category asks ${kind}, and default_survey does not either; use it there or remove it here`,
        { at: 'key' },
      ),
    ),
  ];
}

function checkDescribed(policy: unknown, kind: unknown, path: PolicyPath): Finding[] {
  if (!SURVEYS.some((known) => known === kind) || valueAt(policy, ['surveys', String(kind)]) !== undefined) return [];
  const survey = String(kind);
  return [
    errorAt(
      path,
      `survey ${survey} is not described; describe it under surveys: { ${survey}: { delay: 24h, expires: 14d } }`,
    ),
  ];
}

/** A campaign is planned from stored data, which has only ids of these. */
const NOT_STORED = new Set(['organization', 'brand', 'form', 'assignee']);

/** All that is wrong in the conditions of a campaign, with paths that begin at the block itself. */
export function checkCampaignConditions(value: unknown): Finding[] {
  return [...checkConditions(value), ...findNotStored(value, [])];
}

function findNotStored(node: unknown, path: PolicyPath): Finding[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => findNotStored(one, [...path, index]));
  if (!isBlock(node)) return [];
  const { field } = node;
  const own =
    typeof field === 'string' && NOT_STORED.has(field)
      ? [
          errorAt(
            [...path, 'field'],
            `${field} cannot be asked for a campaign; use tags, group, language or another field`,
          ),
        ]
      : [];
  return [...own, ...GROUP_KEYS.flatMap((key) => findNotStored(node[key], [...path, key]))];
}
