// Holds the policy in force, compiled when it took effect.
import type { Policy } from '@deskwright/shared';
import type { CompiledPolicy } from '../decide/compile-policy.ts';
import { compiledOf } from './compile-in-advance.ts';
import type { GuidanceByCategory } from './guidance/guidance.ts';
import type { PolicyStore } from './policy-store.ts';

export interface PolicyInForce {
  policy: Policy;
  compiled: CompiledPolicy;
  hash: string;
}

export type PolicyWithGuidance = PolicyInForce & { guidance: GuidanceByCategory };

export function policyInForce(store: Pick<PolicyStore, 'current'>): { current: () => PolicyWithGuidance } {
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
