// Holds the policy in force, compiled in advance between other work.
import type { Policy } from '@deskwright/shared';
import { type CompiledPolicy, compilePolicy, policySteps } from '../decide/compile-policy.ts';
import { runInTurns } from '../decide/steps.ts';
import type { GuidanceByCategory } from './guidance/guidance.ts';
import type { LoadedPolicyFile } from './read-policy-file.ts';

export interface PolicyInForce {
  policy: Policy;
  compiled: CompiledPolicy;
  hash: string;
}

export type PolicyWithGuidance = PolicyInForce & { guidance: GuidanceByCategory };

export function policyInForce(store: { current: () => LoadedPolicyFile }): { current: () => PolicyWithGuidance } {
  let last: PolicyWithGuidance | null = null;
  return {
    current: () => {
      const { policy, hash, guidance } = store.current();
      if (last?.hash !== hash) last = { policy, hash, compiled: compiledOf(policy), guidance };
      // Guidance can change while the policy stays the same.
      if (last.guidance !== guidance) last = { ...last, guidance };
      return last;
    },
  };
}

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** A policy of 9,000 triggers takes one or two seconds of CPU time, about 10 ms at a time. */
export async function compileInAdvance(policy: Policy): Promise<void> {
  compiled.set(policy, await runInTurns(policySteps(policy)));
}

/** The policy compiled in advance; if it was not, it is compiled now without pauses. */
const compiledOf = (policy: Policy): CompiledPolicy => compiled.get(policy) ?? compilePolicy(policy);
