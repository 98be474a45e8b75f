// Reads the files that a policy includes, and those that they include.
import { access, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { NamedFiles, NamedGuidance, NamedInclude, PolicyProblem } from '@deskwright/shared';
import { readBelow } from './read-below.ts';

export interface IncludedFile {
  /** From the policy's folder, with `/`. */
  readonly file: string;
  readonly text: string;
  /** The folder in which it was found, if it is a draft's and not the policy's. */
  readonly from?: string;
}

interface ReadIncluded {
  /** In the order in which their lists are appended: each file before those that it includes. */
  readonly included: readonly IncludedFile[];
  /** Each at the entry of `include` that causes it. */
  readonly problems: readonly PolicyProblem[];
  /** Of all files. */
  readonly guidance: readonly NamedGuidance[];
}

interface IncludeDeps {
  /** Where included files are named from. */
  readonly folder: string;
  /** Files that count as the policy itself: a draft, and the policy in whose place it would be. */
  readonly own: readonly string[];
  /** A draft's folder: what stands there goes before what stands in `folder`. */
  readonly draftFolder?: string | undefined;
  readonly namesIn: (texts: readonly string[]) => Promise<readonly NamedFiles[]>;
}

/** A file with the files that it includes. */
interface Node {
  /** From the policy's folder; of the policy itself its name. */
  readonly file: string;
  readonly text: string;
  readonly from?: string;
  /** As it appears in problems. */
  readonly name: string;
  /** Without symbolic links. */
  readonly real: string;
  /** Null: the policy itself. */
  readonly parent: Node | null;
  readonly children: Node[];
}

const MOST_FILES = 200;
/** A file that the policy includes is on level 1. */
const DEEPEST = 5;
/** All files together, as the policy alone. */
const MOST = { bytes: 4_000_000, said: '4 MB, the most that all files of a policy may have together' };

/** Level by level, so that all texts of a level are parsed together. Never throws. */
export async function readIncluded(
  policy: { readonly text: string; readonly name: string },
  { folder, own, namesIn, draftFolder }: IncludeDeps,
): Promise<ReadIncluded> {
  const ownReal = await Promise.all(own.map((path) => realpath(path).catch(() => path)));
  const root = { ...policy, file: basename(policy.name), real: ownReal[0] ?? '', parent: null, children: [] };
  const seen = new Set(ownReal);
  const notIncluded = seen.size;
  const names = new Map<Node, NamedFiles>();
  const problems: PolicyProblem[] = [];
  let bytes = Buffer.byteLength(policy.text);

  /** What keeps a file from being included; undefined: nothing. */
  const problemWith = (file: string, { text, real }: Pick<Node, 'text' | 'real'>, node: Node): string | undefined => {
    const way = wayTo(node);
    if (way.some((one) => one.real === real))
      return `files include one another in a circle: ${[...way.map((one) => one.file), file].join(' -> ')}`;
    if (seen.has(real)) return `"${file}" is included already; remove one of the two`;
    if (way.length > DEEPEST)
      return `"${file}" is on level ${way.length}; files may include one another ${DEEPEST} levels deep`;
    if (seen.size - notIncluded >= MOST_FILES)
      return `"${file}" is one file too many: a policy may include ${MOST_FILES}`;
    if (bytes + Buffer.byteLength(text) > MOST.bytes) return `with "${file}" the policy is larger than ${MOST.said}`;
    return undefined;
  };

  const include = async ({ path, place }: NamedInclude, node: Node): Promise<Node[]> => {
    const refuse = (message: string) => void problems.push({ severity: 'error', file: node.name, ...place, message });
    const found = await findInFolders(path, draftFolder === undefined ? [folder] : [draftFolder, folder]);
    if (!found.ok) refuse(found.reason);
    const added: Node[] = [];
    for (const file of found.ok ? found.files : []) {
      const isDrafts = draftFolder !== undefined && (await exists(join(draftFolder, file)));
      const home = isDrafts ? draftFolder : folder;
      const read = await readBelow(file, home, MOST);
      // A pattern takes what nothing has taken before.
      if (read.ok && found.ok && found.isPattern && seen.has(read.real)) continue;
      const none = draftFolder === undefined || isDrafts ? '' : '; beside the draft there is none';
      const problem = read.ok ? problemWith(file, read, node) : `${read.reason}${none}`;
      if (problem !== undefined) refuse(problem);
      if (!read.ok || problem !== undefined) continue;
      seen.add(read.real);
      bytes += Buffer.byteLength(read.text);
      const { text, real } = read;
      const from = isDrafts ? { from: draftFolder } : {};
      added.push({ file, text, real, ...from, name: join(home, file), parent: node, children: [] });
    }
    return added;
  };

  for (let level: Node[] = [root]; level.length > 0; ) {
    const named = await namesIn(level.map(({ text }) => text));
    for (const [index, node] of level.entries()) {
      const found = named[index] ?? { guidance: [], includes: [] };
      names.set(node, found);
      for (const one of found.includes) node.children.push(...(await include(one, node)));
    }
    level = level.flatMap(({ children }) => children);
  }
  const all = [...inOrder(root)];
  return {
    included: all.slice(1).map(({ file, text, from }) => ({ file, text, ...(from !== undefined && { from }) })),
    problems,
    guidance: all.flatMap((node) => {
      const { guidance = [] } = names.get(node) ?? {};
      return node.parent === null ? guidance : guidance.map((one) => ({ ...one, includedBy: node.file }));
    }),
  };
}

/** Of a pattern the files of all folders. */
async function findInFolders(path: string, folders: readonly string[]): Promise<Found> {
  const all = await Promise.all(folders.map((folder) => findIncluded(path, folder)));
  const found = all.filter((one) => one.ok);
  const [first] = found;
  return first
    ? { ...first, files: [...new Set(found.flatMap(({ files }) => files))].toSorted() }
    : (all.at(-1) ?? { ok: false, reason: `there is no "${path}"` });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const wayTo = (node: Node): Node[] => [...(node.parent === null ? [] : wayTo(node.parent)), node];

function* inOrder(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* inOrder(child);
}

type Found =
  | { readonly ok: true; readonly isPattern: boolean; readonly files: readonly string[] }
  /** A sentence without full stop. */
  | { readonly ok: false; readonly reason: string };

/** Beside the policy `publish` keeps the former ones, with the time in their names. */
const FORMER = /\.\d{4}-\d\d-\d\dT[\d-]+Z\.ya?ml$/;

/**
 * The files of a pattern by name, in the order of code units; hidden ones and former policies are left out.
 * @param path from the folder; the name of the file may have a `*`
 */
async function findIncluded(path: string, folder: string): Promise<Found> {
  const at = path.lastIndexOf('/') + 1;
  const [inside, name] = [path.slice(0, at), path.slice(at)];
  if (!name.includes('*')) return { ok: true, isPattern: false, files: [path] };
  const literal = (part: string): string => part.replace(/[.+^$()|]/g, String.raw`\$&`);
  const pattern = new RegExp(`^${name.split('*').map(literal).join('.*')}$`, 'su');
  try {
    const names = await readdir(join(folder, inside));
    const files = names.filter((one) => pattern.test(one) && !one.startsWith('.') && !FORMER.test(one));
    return files.length > 0
      ? { ok: true, isPattern: true, files: files.toSorted().map((one) => inside + one) }
      : { ok: false, reason: `no file fits "${path}" in the folder of the policy` };
  } catch {
    const looked = `(looked for ${join(folder, inside)})`;
    return { ok: false, reason: `there is no folder "${inside}" in the folder of the policy ${looked}` };
  }
}
