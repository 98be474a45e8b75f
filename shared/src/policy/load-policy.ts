// Parses and validates the text of a policy file.

import { checkBusinessHours, checkHolidays } from './check/check-business-hours.ts';
import { checkChannels } from './check/check-channels.ts';
import { checkCriteria, checkDepartments, checkEscalation } from './check/check-escalation.ts';
import { checkGoodwill } from './check/check-goodwill.ts';
import { checkLookups } from './check/check-lookup.ts';
import { checkCurrency } from './check/check-money.ts';
import { checkPhrasesOnce } from './check/check-promise.ts';
import { checkReferences } from './check/check-references.ts';
import { checkDecimals, checkRefunds } from './check/check-refunds.ts';
import { checkReports } from './check/check-reports.ts';
import { checkRetention } from './check/check-retention.ts';
import { checkSurveys } from './check/check-surveys.ts';
import { checkTargets } from './check/check-targets.ts';
import { checkTests } from './check/check-tests.ts';
import { checkTools } from './check/check-tools.ts';
import { checkTriggers } from './check/check-triggers.ts';
import { explainIssues } from './explain-issue.ts';
import { errorAt, type Finding } from './finding.ts';
import { hashPolicy } from './hash-policy.ts';
import { mergeFiles, type ReadFile } from './include/merge-files.ts';
import { type NamePlaces, namePlaces } from './name-places.ts';
import { asWarning, type PolicyProblem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { type Policy, policySchema } from './schema.ts';
import { placeIn, toProblems } from './to-problems.ts';
import { isBlock, valueAt } from './value-at.ts';

export interface LoadedPolicy {
  readonly ok: true;
  readonly policy: Policy;
  /** Warnings, in file order. The policy works. */
  readonly warnings: readonly PolicyProblem[];
  /** SHA-256 (hex) of the policy's content; see `hashPolicy`. */
  readonly hash: string;
  /** Where the policy names what Zendesk has. */
  readonly places: NamePlaces;
}

export interface RefusedPolicy {
  readonly ok: false;
  /** All errors and warnings, in file order. */
  readonly problems: readonly PolicyProblem[];
}

/** The text of an included file. */
export interface PolicyText {
  /** As it should appear in problems. */
  readonly name: string;
  readonly text: string;
}

/**
 * Reads a policy file's text. Reports all problems at once, and never throws, whatever the text.
 * @param fileName as it should appear in problems; nothing is read from disk
 * @param included the files that it includes, in the order in which their lists are appended
 * @param wasInForce an earlier version accepted it: what only a check refuses today is a warning, as long as the policy can be read
 */
export function loadPolicy(
  text: string,
  fileName: string,
  included: readonly PolicyText[] = [],
  { wasInForce = false } = {},
): LoadedPolicy | RefusedPolicy {
  const files = [{ name: fileName, text }, ...included].map(
    (file): ReadFile => ({ name: file.name, read: readYaml(file.text) }),
  );
  const { value, findings, originOf } = mergeFiles(files);
  const parsed = value === undefined ? undefined : policySchema.safeParse(value);
  const all = parsed ? [...findings, ...findAll(value, parsed.error?.issues ?? [])] : [];
  const problems = toProblems(files, all, originOf);
  const isRefused = !wasInForce && problems.some(({ severity }) => severity === 'error');
  if (!parsed?.success || isRefused) return { ok: false, problems };
  const places = namePlaces(value, (path) => placeIn(files, originOf, path));
  return { ok: true, policy: parsed.data, warnings: problems.map(asWarning), hash: hashPolicy(parsed.data), places };
}

function findAll(value: unknown, issues: Parameters<typeof explainIssues>[0]): Finding[] {
  if (!isBlock(value)) {
    return [errorAt([], value === null ? 'the file is empty' : 'the file must contain keys such as version: 1')];
  }
  return [
    ...explainIssues(issues, value),
    ...checkReferences(value),
    ...checkEscalation(value),
    ...checkReports(value),
    ...checkRetention(value),
    ...checkSurveys(value),
    ...checkCost(value),
    ...checkHolidays(value),
    ...checkBusinessHours(value),
    ...checkTriggers(value),
    ...checkTargets(value),
    ...checkChannels(value),
    ...checkCriteria(value),
    ...checkDepartments(value),
    ...checkRefunds(value),
    ...checkGoodwill(value),
    ...checkPhrasesOnce(value),
    ...checkLookups(value),
    ...checkTools(value),
    ...checkTests(value),
  ];
}

/** Amounts with more decimals than their currency has. */
function checkCost(policy: unknown): Finding[] {
  const currency = valueAt(policy, ['surveys', 'cost', 'currency']);
  if (typeof currency !== 'string' || checkCurrency(currency).length > 0) return [];
  return ['per_month', 'per_thousand_mails'].flatMap((key) => {
    const path = ['surveys', 'cost', key];
    return checkDecimals(valueAt(policy, path), currency, path);
  });
}
