// Defines what a test of the policy is judged by, and what it finds.
import type { Decision, Policy } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import type { PolicyTest } from './given-facts.ts';

export type ExpectedKey = keyof PolicyTest['expect'];

/** One key of `expect` that came out differently. The texts are for people, without full stop. */
export interface Difference {
  readonly key: ExpectedKey;
  readonly expected: string;
  readonly got: string;
  /** The trigger and the conditions that decided, or what kept the expected trigger from firing. */
  readonly because: string;
}

export interface Judged {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  readonly test: PolicyTest;
  readonly decision: Decision;
}
