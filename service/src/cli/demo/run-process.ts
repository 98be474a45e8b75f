// Runs one process of the demo, and waits until it is ready.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Part {
  name: string;
  process: ChildProcess;
  logFile: string;
  /** Its exit code (null: ended by a signal), once all its output has been read. */
  ended: Promise<number | null>;
  /** A message with why it ended and its last output. */
  lastOutput: () => string;
  /** Stops it, by force if it has not ended within 25 s. */
  stop: () => Promise<void>;
}

/**
 * Starts a Node program as a process whose output goes to `logFile`. It gets its own process group, so that Ctrl-C reaches
 * only the demo, which then stops its parts in order.
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
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    stream.on('data', (chunk: Buffer) => {
      said.push(...chunk.toString().split('\n').filter(Boolean));
      said.splice(0, said.length - 8);
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const lastOutput = () => {
    const how = child.signalCode === null ? `with code ${child.exitCode}` : `by ${child.signalCode}`;
    return [
      `${name} ended ${how}. Its last output (full log: ${logFile}):`,
      ...said.map((line) => `  ${line.slice(0, 500)}`),
    ].join('\n');
  };
  return { name, process: child, logFile, ended, lastOutput, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 25_000);
  await ended;
  clearTimeout(force);
}

/** The result of `read` for the first line on standard output where it is not null. Throws with the last output when the process ends first. */
export function firstLine<T>(
  { process: child, ended, lastOutput }: Part,
  read: (line: string) => T | null,
): Promise<T> {
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
    void ended.then(() => reject(new Error(lastOutput())));
  });
}

/** Polls `/readyz` until the service is ready. Throws when the process ends, or after 60 s, and names the log. */
export async function waitUntilReady(serviceUrl: string, part: Part): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (part.process.exitCode !== null || part.process.signalCode !== null) {
      await part.ended;
      throw new Error(part.lastOutput());
    }
    const answer = await fetch(`${serviceUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`${part.name} was not ready within 60 s. Its log: ${part.logFile}`);
}
