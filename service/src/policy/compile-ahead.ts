// Compiles an edited policy before it comes into force, between other work, so that no request waits for it.
import { setImmediate } from 'node:timers/promises';
import type { Policy } from '@deskwright/shared';
import { type CompiledPolicy, compilePolicy, policySteps } from '../decide/compile-policy.ts';
import type { Steps } from '../decide/steps.ts';

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** A policy of 9,000 triggers takes a second or two of the processor, some 10 ms at a time. */
export async function compileAhead(policy: Policy): Promise<void> {
  compiled.set(policy, await finishInTurns(policySteps(policy)));
}

/** The policy as it was compiled ahead; compiled now, at a stretch, when it was not. */
export const compiledOf = (policy: Policy): CompiledPolicy => compiled.get(policy) ?? compilePolicy(policy);

/** Does the work in turns of some `turnMs` milliseconds; a single step may take longer. @internal */
export async function finishInTurns<T>(steps: Steps<T>, turnMs = 10): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < turnMs) continue;
    await setImmediate();
    began = performance.now();
  }
}
