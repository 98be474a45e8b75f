// Adds files and lines to findings and sorts them.
import { type Finding, type PolicyPath, pathText } from './finding.ts';
import type { FileFinding, MergedFiles, ReadFile } from './include/merge-files.ts';
import { locate } from './locate.ts';
import type { NamePlace } from './name-places.ts';
import type { PolicyProblem } from './problem.ts';

interface Placed {
  readonly file: number;
  readonly offset: number;
  readonly path: string;
  readonly finding: Pick<Finding, 'code' | 'severity' | 'message' | 'allowed' | 'didYouMean'>;
}

/** Problems of the texts and of their contents, file by file from top to bottom, each position once. */
export function toProblems(
  files: readonly ReadFile[],
  findings: readonly (Finding | FileFinding)[],
  originOf: MergedFiles['originOf'],
): PolicyProblem[] {
  const ofTexts = files.flatMap(({ read }, file): Placed[] => {
    if (!read.ok) return [{ file, offset: 0, path: '', finding: read.problem }];
    return read.yaml.problems.map(({ offset, ...finding }) => ({ file, offset, path: '', finding }));
  });
  const ofContents = findings.map((finding): Placed => {
    const origin = 'inFile' in finding ? { file: finding.inFile, path: finding.path } : originOf(finding.path);
    const { read } = files[origin.file] ?? {};
    const offset = read?.ok ? locate(read.yaml.document, origin.path, finding.at) : 0;
    const message = withOther(
      files,
      { ...finding, message: withOwnIndex(finding, origin.path) },
      origin.file,
      originOf,
    );
    return { file: origin.file, offset, path: pathText(finding.path), finding: { ...finding, message } };
  });
  const inOrder = [...ofTexts, ...ofContents]
    .toSorted((a, b) => a.file - b.file || a.offset - b.offset)
    .map(({ file, offset, path, finding }): PolicyProblem => {
      const { code, severity, message, allowed, didYouMean } = finding;
      return {
        ...(code && { code }),
        severity,
        ...positionIn(files[file], offset),
        path,
        message: withoutControls(message),
        ...(allowed && { allowed: allowed.map(withoutControls) }),
        ...(didYouMean !== undefined && { didYouMean: withoutControls(didYouMean) }),
      };
    });
  const seen = new Set<string>();
  return inOrder.filter((problem) => {
    const key = placeKey(problem);
    return !seen.has(key) && seen.add(key);
  });
}

/** Where a value of the whole policy was written. */
export function placeIn(files: readonly ReadFile[], originOf: MergedFiles['originOf'], path: PolicyPath): NamePlace {
  const origin = originOf(path);
  const file = files[origin.file];
  return positionIn(file, file?.read.ok ? locate(file.read.yaml.document, origin.path, 'value') : 0);
}

function positionIn(file: ReadFile | undefined, offset: number): NamePlace {
  const { line, column } = file?.read.ok ? file.read.yaml.positionOf(offset) : { line: 1, column: 1 };
  return { file: file?.name ?? '', line, column };
}

/** Messages count the entries of the whole list; whoever reads one file counts those of this file. */
function withOwnIndex({ message, path: [key, index] }: Finding, [, own]: PolicyPath): string {
  if (typeof index !== 'number' || typeof own !== 'number' || index === own) return message;
  return message.replace(`entry ${index + 1} of ${key}`, `entry ${own + 1} of ${key}`);
}

function withOther(
  files: readonly ReadFile[],
  { message, other }: Finding,
  file: number,
  originOf: MergedFiles['originOf'],
): string {
  if (other === undefined || files.length === 1) return message;
  const origin = originOf(other);
  const counted = withOwnIndex({ severity: 'error', at: 'value', message, path: other }, origin.path);
  const { file: name, line } = placeIn(files, originOf, other);
  return origin.file === file ? counted : `${counted} (${name}, line ${line})`;
}

/** A value of the wrong type violates several rules at once; the first says what to correct. */
function placeKey({ file, path, line, column, severity, message }: PolicyProblem): string {
  return JSON.stringify([file, path, line, column, severity, path === '' ? message : '']);
}

/** Parts of messages quote the file, and are printed to terminals and logs. */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
