// Decides which operating system user the embedded PostgreSQL runs as: PostgreSQL refuses to run as root.
import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Null: the user who runs the service. */
export type ServerUser = { uid: number; gid: number } | null;

/** For root the user `postgres`, created if missing. Throws with what to do when that fails. */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return null;
  try {
    return await findUser();
  } catch {
    try {
      await run('groupadd', ['postgres']).catch(() => undefined);
      await run('useradd', ['-g', 'postgres', 'postgres']);
      return await findUser();
    } catch (cause) {
      throw new Error(
        'PostgreSQL does not run as root, and the user "postgres" could not be created. Run Deskwright as an ordinary user, or set DATABASE_URL.',
        { cause },
      );
    }
  }
}

async function findUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { uid: uid as number, gid: gid as number };
}

/** Gives a file or folder to the server's user. */
export async function giveTo(user: ServerUser, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

/** Without the service's secrets: somebody who breaks into the server must not read them. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }), LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };
}
