// Merges the files of a policy, and keeps where each part of it was written.
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { locate } from '../locate.ts';
import type { ReadYaml } from '../read-yaml.ts';
import { policySchema } from '../schema.ts';
import { isListAt } from '../schema-at.ts';
import { isBlock } from '../value-at.ts';

/** A policy's own file, or one that it includes. */
export interface ReadFile {
  /** As it appears in problems. */
  readonly name: string;
  readonly read: ReadYaml;
}

/** `file`: its index; the path is within this file. */
interface Origin {
  readonly file: number;
  readonly path: PolicyPath;
}

/** A finding about one file: its path is within it, and not within the whole. */
export interface FileFinding extends Finding {
  readonly inFile: number;
}

export interface MergedFiles {
  /** Plain data; undefined when a file has an error that may change its meaning. */
  readonly value: unknown;
  /** What keeps the files from being merged. */
  readonly findings: readonly FileFinding[];
  /** Where a part of the whole was written; something missing belongs to the first file. */
  readonly originOf: (path: PolicyPath) => Origin;
}

/** The entries that one file gave to a list, or a key by itself. */
interface Part {
  readonly file: number;
  /** The index in the whole list of its first entry. */
  readonly from: number;
}

/** Lists are appended in the order of the files; every other key may stand in one of them only. */
export function mergeFiles(files: readonly ReadFile[]): MergedFiles {
  const values = files.map(({ read }) => (read.ok ? read.yaml.value : undefined));
  const [own] = values;
  if (values.includes(undefined) || values.length === 1)
    return {
      value: values.includes(undefined) ? undefined : own,
      findings: [],
      originOf: (path) => ({ file: 0, path }),
    };
  const whole = new Map<string, unknown>();
  const parts = new Map<string, Part[]>();
  const findings: FileFinding[] = [];
  for (const [file, value] of values.entries()) {
    if (!isBlock(value)) {
      findings.push({ ...errorAt([], value === null ? 'the file is empty' : NO_KEYS), inFile: file });
      continue;
    }
    for (const [key, entry] of Object.entries(value)) {
      const before = parts.get(key);
      const list = whole.get(key);
      if (before === undefined) {
        whole.set(key, entry);
        parts.set(key, [{ file, from: 0 }]);
      } else if (!isListAt(policySchema, [key])) {
        findings.push({
          ...errorAt([key], standsAlready(key, files[before[0]?.file ?? 0]), { at: 'key' }),
          inFile: file,
        });
      } else if (!Array.isArray(entry)) {
        findings.push({
          ...errorAt([key], `${key} must be a list: a line beginning with "- " for each entry`),
          inFile: file,
        });
      } else if (Array.isArray(list)) {
        before.push({ file, from: list.length });
        whole.set(key, [...(list as unknown[]), ...(entry as unknown[])]);
      }
    }
  }
  return { value: Object.fromEntries(whole), findings, originOf: (path) => originOf(path, parts) };
}

const NO_KEYS = 'the file must contain keys such as triggers:';

function standsAlready(key: string, file: ReadFile | undefined): string {
  const { name, read } = file ?? { name: '', read: undefined };
  const line = read?.ok ? read.yaml.positionOf(locate(read.yaml.document, [key], 'key')).line : 1;
  return `"${key}" is already defined in ${name}, line ${line}; only lists can be split over several files, so keep one`;
}

function originOf(path: PolicyPath, parts: ReadonlyMap<string, readonly Part[]>): Origin {
  const [key, index, ...rest] = path;
  const own = key === undefined ? undefined : parts.get(String(key));
  if (key === undefined || own === undefined) return { file: 0, path };
  if (typeof index !== 'number') return { file: own[0]?.file ?? 0, path };
  const part = own.findLast(({ from }) => from <= index) ?? { file: 0, from: 0 };
  return { file: part.file, path: [key, index - part.from, ...rest] };
}
