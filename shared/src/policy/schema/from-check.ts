// Wraps one of our checks for Zod.
import type { z } from 'zod';
import type { Finding } from '../finding.ts';

/** The data of a custom issue, so that no detail of a finding is lost in Zod. */
export interface FindingParams {
  readonly finding: Finding;
}

/**
 * Turns a function that returns findings, with paths relative to the value, into a Zod check.
 * Use: `z.custom<Shape>().check(fromCheck(checkShape))`.
 */
export function fromCheck(check: (value: unknown) => readonly Finding[]): (ctx: z.core.ParsePayload) => void {
  return (ctx) => {
    for (const finding of check(ctx.value)) {
      ctx.issues.push({
        code: 'custom',
        input: ctx.value,
        path: [...finding.path],
        message: finding.message,
        params: { finding } satisfies FindingParams,
      });
    }
  };
}
