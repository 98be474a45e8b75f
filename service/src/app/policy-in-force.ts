// Which policy decides now, ready for use?
import { compilePolicy } from '../decide/compile-policy.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import type { CardPolicy } from '../sidebar/card/card-context.ts';

/** Compiles a policy once, when it comes into force. */
export function policyInForce(store: PolicyStore): { current: () => CardPolicy } {
  let last: CardPolicy | null = null;
  return {
    current: () => {
      const { policy, hash, guidance } = store.current();
      if (last?.hash !== hash) last = { policy, hash, compiled: compilePolicy(policy), guidance };
      // Guidance may change under the same policy.
      if (last.guidance !== guidance) last = { ...last, guidance };
      return last;
    },
  };
}
