// Removes from the files of a policy what changes nothing.
import { readFile, realpath } from 'node:fs/promises';
import { type PlacedFinding, removeEntries } from '../../lint/index.ts';
import {
  checkPolicyTexts,
  includedTexts,
  type PolicyTexts,
  readPolicyTexts,
  takenFromPolicy,
} from '../../policy/read-policy-file.ts';
import type { FileCalls } from '../replace-file.ts';
import { type NewFile, replaceFiles } from '../replace-files.ts';

export interface FixOptions {
  /** Only prints what would change. */
  readonly dryRun: boolean;
  /** Of a draft: the policy in whose place it would be, whose files stay as they are. */
  readonly inPlaceOf?: string | undefined;
  readonly now: () => Date;
  readonly out: (text: string) => void;
  readonly files?: Partial<FileCalls>;
}

/**
 * All files or none are replaced; the former ones stay beside them. What would make one of the policy's own tests fail stays.
 * @returns how many findings were mended, or would be
 * @throws Error when a file cannot be read or written, or another command is replacing files
 */
export async function fixFindings(
  policyPath: string,
  findings: readonly PlacedFinding[],
  options: FixOptions,
): Promise<number> {
  const { dryRun, inPlaceOf, now, out, files = {} } = options;
  let texts = await readPolicyTexts(policyPath, { inPlaceOf });
  const ofPolicy = takenFromPolicy(texts, policyPath, inPlaceOf);
  const place: Place = { path: policyPath, inPlaceOf };
  const changes: NewFile[] = [];
  let mended = 0;
  for (const file of new Set(findings.map(({ file }) => file))) {
    const wanted = findings.filter((finding) => finding.file === file && finding.remove !== undefined);
    if (wanted.length === 0) continue;
    if (ofPolicy.includes(file)) {
      out(`${file} belongs to the policy in force and was not changed. To change it, copy it beside ${policyPath}.\n`);
      continue;
    }
    const before = await readFile(file, 'utf8');
    const kept = withoutRed(wanted, (some) => {
      const after = removeEntries(before, pathsOf(some));
      return after === null ? null : whyRefused(withText(texts, place, { file, text: after }), place);
    });
    for (const { finding, why } of kept.back)
      out(`${file}: line ${finding.line} was not changed, because without it ${why}.\n`);
    const after = removeEntries(before, pathsOf(kept.removed));
    if (after === null) {
      out(
        `${file} is written in a way in which this cannot be removed without changing its layout: remove it by hand.\n`,
      );
      continue;
    }
    if (kept.removed.length === 0) continue;
    texts = withText(texts, place, { file, text: after });
    out(`--- ${file}\n${removedLines(before, after)}\n`);
    mended += kept.removed.length;
    // A link in a file's place stays a link.
    changes.push({ path: await realpath(file), text: Buffer.from(after) });
  }
  if (dryRun || changes.length === 0) return mended;
  for (const { former } of await replaceFiles(policyPath, changes, { now: now(), files }))
    if (former !== null) out(`The former file is ${former}.\n`);
  return mended;
}

const pathsOf = (findings: readonly PlacedFinding[]) =>
  findings.flatMap(({ remove }) => (remove === undefined ? [] : [remove]));

interface Kept {
  readonly removed: readonly PlacedFinding[];
  readonly back: ReadonlyArray<{ readonly finding: PlacedFinding; readonly why: string }>;
}

/** @param refusal why the policy is refused without some; null: it is not, or they cannot be removed */
function withoutRed(
  wanted: readonly PlacedFinding[],
  refusal: (some: readonly PlacedFinding[]) => string | null,
): Kept {
  if (refusal(wanted) === null) return { removed: wanted, back: [] };
  const removed: PlacedFinding[] = [];
  const back: Array<{ finding: PlacedFinding; why: string }> = [];
  for (const finding of wanted) {
    const why = refusal([...removed, finding]);
    if (why === null) removed.push(finding);
    else back.push({ finding, why });
  }
  return { removed, back };
}

interface Place {
  readonly path: string;
  readonly inPlaceOf: string | undefined;
}

/** Of a policy whose tests fail: the first one that does. */
function whyRefused(texts: PolicyTexts, { path, inPlaceOf }: Place): string | null {
  const read = checkPolicyTexts(texts, path, { inPlaceOf });
  if (read.outcome === 'loaded') return null;
  if (read.outcome === 'unreadable') return read.reason;
  return read.problems.find(({ severity }) => severity === 'error')?.message ?? 'the policy is refused';
}

function withText(
  texts: PolicyTexts,
  { path, inPlaceOf }: Place,
  changed: { file: string; text: string },
): PolicyTexts {
  if (!texts.ok) return texts;
  if (changed.file === path) return { ...texts, text: changed.text };
  const at = includedTexts(texts, path, inPlaceOf).findIndex(({ name }) => name === changed.file);
  const included = texts.included.map((one, index) => (index === at ? { ...one, text: changed.text } : one));
  return { ...texts, included };
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
