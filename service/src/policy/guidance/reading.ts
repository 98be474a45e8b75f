// What do the readers of Markdown share while they go through one file?
import type { GuidanceProblem } from './guidance-problem.ts';
import type { SourceCursor } from './source-cursor.ts';

export interface Reading {
  readonly cursor: SourceCursor;
  readonly problems: GuidanceProblem[];
  /** The id of the next step with these words. */
  readonly stepId: (words: string) => string;
  /** The file's `# heading`, once it was read. */
  title: string | null;
}

/** Notes what cannot be shown, where the token stands. */
export function refuse(reading: Reading, raw: string, message: string, more: Partial<GuidanceProblem> = {}): void {
  const offset = reading.cursor.seek(raw);
  reading.problems.push({ severity: 'error', offset, message, ...more });
}
