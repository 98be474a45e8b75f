// Chooses the port and the password of the embedded PostgreSQL and remembers them in files.

import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
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

/** The password in `file`, created if missing. Written atomically, even if two processes start at the same time. */
export async function readOrMakePassword(file: string): Promise<string> {
  const held = await read(file);
  if (held) {
    await chmod(file, 0o600);
    return held;
  }
  // A name of its own: in containers that share the folder, processes have the same number.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
  try {
    // A full disk can leave an empty file.
    if (held === '') await rm(file, { force: true });
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
