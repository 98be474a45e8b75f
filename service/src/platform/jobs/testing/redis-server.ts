// Starts a Redis for tests.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../../testing/free-port.ts';

export interface TestRedis {
  url: string;
  stop: () => Promise<void>;
}

/** Whether the program is installed (Debian: `apt-get install redis-server`). */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('skipped: no redis-server on the PATH, so the tests that need Redis are skipped\n');
    return false;
  }
}

/** Starts a Redis without persistence on a free port. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server: ChildProcess = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (text) => String(text).includes('Ready to accept connections') && resolve());
    server.once('exit', (code) => reject(new Error(`redis-server exited with ${code}`)));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const left = once(server, 'exit');
      server.kill();
      await left;
    },
  };
}
