// How does the demo run its parts?
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export interface Part {
  name: string;
  process: ChildProcess;
  logFile: string;
  /** Asks it to end, and ends it by force when it has not within 25 s. */
  stop: () => Promise<void>;
}

/**
 * Starts a Node program as a process of its own; what it prints goes to `logFile`. In a process group of its own too, so that Ctrl-C reaches
 * the demo alone, which then ends its parts in order.
 */
export function runProcess(
  name: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  logFile: string,
): Part {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return { name, process: child, logFile, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 25_000);
  await ended;
  clearTimeout(force);
}

/** The first line on standard output for which `read` gives something. Throws when the process ends first, with where to look. */
export function firstLine<T>({ name, process: child, logFile }: Part, read: (line: string) => T | null): Promise<T> {
  return new Promise((resolve, reject) => {
    let rest = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const found = read(line);
        if (found !== null) resolve(found);
      }
    });
    child.once('exit', (code) =>
      reject(new Error(`${name} ended with code ${code} before it was ready. Its log: ${logFile}`)),
    );
  });
}
