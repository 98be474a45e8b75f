// Wraps one of our checks for Zod.
import type { z } from 'zod';
import type { Finding } from '../finding.ts';

/** What a custom issue carries, so that nothing a check knows is lost on its way through Zod. */
export interface FindingParams {
  readonly finding: Finding;
}

/**
 * Makes a Zod check of a function that looks at a value and reports findings, with paths that begin at the value.
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
