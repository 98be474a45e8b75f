// Compiles an edited policy before it takes effect, in short steps, so that no request waits for it.
import { setImmediate } from 'node:timers/promises';
import type { Policy } from '@deskwright/shared';
import { type CompiledPolicy, compilePolicy, policySteps } from '../decide/compile-policy.ts';
import type { Steps } from '../decide/steps.ts';

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** A policy of 9,000 triggers takes one or two seconds of CPU time, about 10 ms at a time. */
export async function compileInAdvance(policy: Policy): Promise<void> {
  compiled.set(policy, await runInTurns(policySteps(policy)));
}

/** The policy compiled in advance; if it was not, it is compiled now without pauses. */
export const compiledOf = (policy: Policy): CompiledPolicy => compiled.get(policy) ?? compilePolicy(policy);

/** Runs the steps for about `turnMs` milliseconds at a time; a single step may take longer. @internal */
export async function runInTurns<T>(steps: Steps<T>, turnMs = 10): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < turnMs) continue;
    await setImmediate();
    began = performance.now();
  }
}
