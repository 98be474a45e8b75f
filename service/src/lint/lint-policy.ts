// Finds everything in a policy that is wrong, or probably not meant.
import {
  findSecrets,
  linePositions,
  type Policy,
  type PolicyProblem,
  type PolicyText,
  pathText,
  policyLocator,
} from '@deskwright/shared';
import { checkCategories } from './check-categories.ts';
import { checkEscalation } from './check-escalation.ts';
import { checkLexicon } from './check-lexicon.ts';
import { type CountPastTickets, checkSharedWords } from './check-shared-words.ts';
import { checkSurveyDelay } from './check-survey-delay.ts';
import type { LintFinding, PlacedFinding } from './finding.ts';
import { pageOf } from './finding-codes.ts';
import { checkTriggers } from './triggers/check-triggers.ts';
import { startStudy } from './triggers/study.ts';

export interface LintInput {
  /** Null: the policy was refused, so only its texts can be examined. */
  readonly policy: Policy | null;
  /** What reading the policy found. */
  readonly problems: readonly PolicyProblem[];
  /** The policy and the files that it includes, in order. */
  readonly files: readonly PolicyText[];
  /** Other files that it names: guidance. */
  readonly others: readonly PolicyText[];
  /** Findings of other kinds about the same policy, such as those that compare it with the account. */
  readonly more?: readonly LintFinding[];
  readonly countPast?: CountPastTickets;
  /** After how many hours the account closes solved tickets, if known. */
  readonly closedAfterHours?: number | undefined;
}

/** All findings, file by file from top to bottom. */
export function lintPolicy({
  policy,
  problems,
  files,
  others,
  more = [],
  countPast,
  closedAfterHours,
}: LintInput): readonly PlacedFinding[] {
  const study = policy === null ? null : startStudy(policy);
  const found =
    policy === null || study === null
      ? []
      : [
          ...checkTriggers(study),
          ...checkSharedWords(study, countPast),
          ...checkCategories(policy),
          ...checkEscalation(policy),
          ...checkSurveyDelay(policy, closedAfterHours),
          ...checkLexicon(policy),
          ...more,
        ];
  const proved = provedIn(found);
  const place = found.length === 0 ? null : policyLocator(files);
  const placed = [
    ...problems.filter((problem) => !proved(problem)).map(placeProblem),
    ...found.flatMap((finding) => (place === null ? [] : [placeFinding(finding, place)])),
    ...[...files, ...others].flatMap(secretsIn),
  ];
  const order = [...files, ...others].map(({ name }) => name);
  return placed.toSorted(
    (a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

function placeFinding(
  { path, at, remove, ...finding }: LintFinding,
  place: ReturnType<typeof policyLocator>,
): PlacedFinding {
  const { file, line, column } = place(path, at);
  return {
    ...finding,
    file,
    line,
    column,
    path: pathText(path),
    page: pageOf(finding.code),
    ...(remove !== undefined && { remove: place(remove, 'value').path }),
  };
}

function placeProblem(problem: PolicyProblem): PlacedFinding {
  const code = problem.code ?? (problem.severity === 'error' ? 'invalid' : 'advice');
  return { ...problem, code, page: pageOf(code), proof: [] };
}

/** What reading the policy notices about a trigger without a proof is said with one, once. */
function provedIn(found: readonly LintFinding[]): (problem: PolicyProblem) => boolean {
  const places = new Set(
    found.flatMap(({ code, path: [list, at] }) => (code !== 'undecided' && list === 'triggers' ? [String(at)] : [])),
  );
  return ({ path, code }) => {
    const place = /^triggers\[(\d+)\]/.exec(path)?.[1];
    return (
      place !== undefined && places.has(place) && (code === 'trigger-never-fires' || code === 'trigger-always-beaten')
    );
  };
}

function secretsIn({ name, text }: PolicyText): PlacedFinding[] {
  const positionOf = linePositions(text);
  return findSecrets(text).map(({ offset, what, shown }) => ({
    code: 'secret-in-file',
    severity: 'warning',
    file: name,
    ...positionOf(offset),
    path: '',
    message: `this looks like ${what} (${shown}); secrets belong in the environment (.env); remove this one here and replace it`,
    proof: [],
    page: pageOf('secret-in-file'),
  }));
}
