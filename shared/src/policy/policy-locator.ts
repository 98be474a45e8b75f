// Finds in which file, and where in it, a value of a policy was written.
import type { Finding, PolicyPath } from './finding.ts';
import { mergeFiles, type ReadFile } from './include/merge-files.ts';
import type { PolicyText } from './load-policy.ts';
import { locate } from './locate.ts';
import { readYaml } from './read-yaml.ts';

export interface PolicyPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The path within that file: lists of several files are appended to one another. */
  readonly path: PolicyPath;
}

/** @param texts the policy and the files that it includes, in order, all readable */
export function policyLocator(texts: readonly PolicyText[]): (path: PolicyPath, at: Finding['at']) => PolicyPlace {
  const files = texts.map(({ name, text }): ReadFile => ({ name, read: readYaml(text) }));
  const { originOf } = mergeFiles(files);
  return (path, at) => {
    const origin = originOf(path);
    const file = files[origin.file];
    const place = file?.read.ok
      ? file.read.yaml.positionOf(locate(file.read.yaml.document, origin.path, at))
      : { line: 1, column: 1 };
    return { file: file?.name ?? '', path: origin.path, ...place };
  };
}
