// Chooses the port of the embedded PostgreSQL and remembers it.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** The port in `file` if it is free, otherwise any free one, which is written there: processes that know the address find the server again. */
export async function choosePort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => ''));
  if (last > 0 && last < 65_536 && (await freePort(last).catch(() => null))) return last;
  const port = await freePort(0);
  await writeFile(file, String(port));
  return port;
}

/** Rejects when `wanted` is in use; 0 means any port. */
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
