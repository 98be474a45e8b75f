// Words that the findings about triggers share.
import type { ProofStep } from '../../decide/prove/index.ts';
import type { LintFinding, PolicyPath } from '../finding.ts';
import type { Trigger } from './study.ts';

export const quoted = (trigger: Trigger | undefined): string => `"${trigger?.id ?? ''}"`;

export const isOnlyCategory = ({ actions }: Trigger): boolean =>
  Object.entries(actions).every(([key, value]) => key === 'category' || value === undefined);

/** Each step of a proof as a sentence without full stop. */
export function stepsOf(steps: readonly ProofStep[]): readonly string[] {
  return steps.map(({ follows, from }) => {
    if (follows === null)
      return `${from.join(' and ')} ${from.length === 1 ? 'holds for no ticket' : 'exclude one another'}`;
    if (from.length === 0) return `${follows} holds for every ticket`;
    return from.length === 1 && from[0] === follows ? `both need ${follows}` : `${from.join(' and ')} means ${follows}`;
  });
}

/** What could be neither shown nor ruled out. */
export const undecidedAt = (path: PolicyPath, message: string): LintFinding => noteAt('undecided', path, message);

/** What was not even tried. */
export const notCompared = (path: PolicyPath, message: string): LintFinding => noteAt('not-compared', path, message);

const noteAt = (code: LintFinding['code'], path: PolicyPath, message: string): LintFinding => ({
  code,
  severity: 'note',
  path,
  at: 'value',
  message,
  proof: [],
});
