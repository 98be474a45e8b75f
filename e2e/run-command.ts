// Runs a command and captures its exit code and output.
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';

export interface Ended {
  code: number;
  /** Standard output, then standard error. */
  output: string;
}

/** Runs a Node program with only these environment variables and a `PATH`. */
export function runCommand(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const path = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: { ...path, ...env }, timeout: 400_000 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: `${out}${err}` });
    });
  });
}
