// Runs the built service as processes of its own, which a test may kill.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface ServiceProcess {
  child: ChildProcess;
  /** As a power cut would: nothing is finished, nothing is said. */
  kill: () => Promise<void>;
  /** SIGTERM; gives back the exit code. */
  end: () => Promise<number | null>;
}

/** What the service prints goes to `<logDir>/<role>.log`. Needs `npm run build` before, which `npm test` does. */
export function startServiceProcess(
  role: 'all' | 'web' | 'worker',
  env: Record<string, string>,
  logDir: string,
): ServiceProcess {
  if (!existsSync(MAIN)) throw new Error('The service has not been built: npm run build');
  const log = openSync(join(logDir, `${role}.log`), 'a');
  const child = spawn(process.execPath, [MAIN, '--role', role], {
    env: { ...process.env, LOG_LEVEL: 'warn', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', log, log],
  });
  const ended = once(child, 'exit');
  return {
    child,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    end: async () => {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}
