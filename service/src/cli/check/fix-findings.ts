// Removes from the files of a policy what changes nothing.
import { readFile } from 'node:fs/promises';
import { type PlacedFinding, removeEntries } from '../../lint/index.ts';
import { type FileCalls, replaceFile } from '../replace-file.ts';

export interface FixOptions {
  /** Only prints what would change. */
  readonly dryRun: boolean;
  readonly now: () => Date;
  readonly out: (text: string) => void;
  readonly files?: Partial<FileCalls>;
}

/**
 * The former file stays beside the new one.
 * @returns how many findings were mended, or would be
 * @throws Error when a file cannot be read or written
 */
export async function fixFindings(findings: readonly PlacedFinding[], options: FixOptions): Promise<number> {
  const { dryRun, now, out, files = {} } = options;
  let mended = 0;
  for (const file of new Set(findings.map(({ file }) => file))) {
    const paths = findings.flatMap(({ file: own, remove }) => (own === file && remove !== undefined ? [remove] : []));
    if (paths.length === 0) continue;
    const before = await readFile(file, 'utf8');
    const after = removeEntries(before, paths);
    if (after === null) {
      out(
        `${file} is written in a way in which this cannot be removed without changing its layout: remove it by hand.\n`,
      );
      continue;
    }
    out(`--- ${file}\n${removedLines(before, after)}\n`);
    mended += paths.length;
    if (dryRun) continue;
    const { former } = await replaceFile(file, { text: Buffer.from(after), now: now(), files });
    if (former !== null) out(`The former file is ${former}.\n`);
  }
  return mended;
}

/** Lines that are gone or shorter, with their numbers; `after` is `before` without some parts. */
function removedLines(before: string, after: string): string {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const lines: string[] = [];
  let at = 0;
  for (const [place, line] of old.entries()) {
    const now = fresh[at];
    if (line === now) {
      at++;
      continue;
    }
    lines.push(`${String(place + 1).padStart(5)} - ${line}`);
    if (now === undefined || !isShortened(line, now)) continue;
    lines.push(`      + ${now}`);
    at++;
  }
  return lines.join('\n');
}

/** Does the line have all letters of the shorter one, in order? */
function isShortened(line: string, shorter: string): boolean {
  let at = 0;
  for (const char of line) if (char === shorter.charAt(at)) at++;
  return at === shorter.length && shorter.trim() !== '';
}
