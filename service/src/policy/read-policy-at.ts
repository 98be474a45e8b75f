// Reads the policy as it was at a revision in git.
import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type ReadPolicy, readPolicyFile } from './read-policy-file.ts';

const run = promisify(execFile);

/** What a policy can consist of. */
const FILES = /\.(?:ya?ml|md)$/i;

/**
 * Reads the policy and the files it names as they were at a revision: a commit, a branch, a tag, `HEAD~1`. Its
 * tests are not run. Never throws.
 * @param path the policy's file today
 */
export async function readPolicyAt(revision: string, path: string): Promise<ReadPolicy> {
  const folder = await mkdtemp(join(tmpdir(), 'deskwright-policy-'));
  const remove = removeWhenKilled(folder);
  try {
    const problem = await extract(revision, path, folder);
    if (problem !== null) return { outcome: 'unreadable', reason: problem };
    const read = await readPolicyFile(join(folder, basename(path)), { runsTests: false });
    return named(read, folder, `git:${revision}:`);
  } finally {
    await rm(folder, { recursive: true, force: true });
    for (const signal of ENDING) process.off(signal, remove);
  }
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Removes the folder when a signal ends the process, which it still does unless somebody else listens to it, too. */
function removeWhenKilled(folder: string): (signal: NodeJS.Signals) => void {
  const remove = (signal: NodeJS.Signals): void => {
    rmSync(folder, { recursive: true, force: true });
    process.off(signal, remove);
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  for (const signal of ENDING) process.on(signal, remove);
  return remove;
}

/** Writes the texts of the policy's folder at the revision into `folder`. Null: done. */
async function extract(revision: string, path: string, folder: string): Promise<string | null> {
  const own = dirname(resolve(path));
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, '.index') };
  const git = async (args: readonly string[]) =>
    (await run('git', [...args], { cwd: own, env, maxBuffer: 64e6 })).stdout;
  try {
    const top = (await git(['rev-parse', '--show-toplevel'])).trim();
    const [commit = ''] = (
      await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).catch(() => '')
    ).split('\n');
    if (commit === '') return `git knows no revision "${revision}"`;
    const inside = relative(top, await realpath(own));
    await git(['read-tree', inside === '' ? commit : `${commit}:${inside}`]);
    const files = (await git(['-C', top, 'ls-files', '-z'])).split('\0').filter((file) => FILES.test(file));
    if (!files.includes(basename(path))) return `${path} was not yet in git at ${revision}`;
    for (let at = 0; at < files.length; at += 200)
      await git(['-C', top, 'checkout-index', '--quiet', `--prefix=${folder}/`, '--', ...files.slice(at, at + 200)]);
    return null;
  } catch (error) {
    if (!existsSync(own)) return `there is no folder ${own}`;
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') return 'git is not installed, so no former version can be read; name a file instead';
    return `${path} cannot be read from git at ${revision}: ${stderr.trim().split('\n')[0] ?? ''}`;
  }
}

/** Shows the revision where the names of the copies would stand. */
function named(read: ReadPolicy, folder: string, shown: string): ReadPolicy {
  const rename = (text: string): string => text.replaceAll(`${folder}/`, shown);
  switch (read.outcome) {
    case 'unreadable':
      return { ...read, reason: rename(read.reason) };
    case 'refused':
      return {
        ...read,
        text: new Map([...read.text].map(([file, text]) => [rename(file), text])),
        problems: read.problems.map((problem) => ({ ...problem, file: rename(problem.file) })),
      };
    case 'loaded':
      return read;
  }
}
