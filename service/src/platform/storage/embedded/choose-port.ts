// Chooses the port of the embedded PostgreSQL, and keeps to it.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** The port in `file` when it is free, else any free one, which is written there: processes that knew the old address find the server again. */
export async function choosePort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => ''));
  if (last > 0 && last < 65_536 && (await freePort(last).catch(() => null))) return last;
  const port = await freePort(0);
  await writeFile(file, String(port));
  return port;
}

/** Rejects when somebody listens at `wanted`; 0 stands for any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port')),
      );
    });
  });
}
