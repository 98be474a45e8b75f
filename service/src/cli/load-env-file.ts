// Reads the settings in a `.env` file.
import { statSync } from 'node:fs';
import { loadEnvFile as load } from 'node:process';

/**
 * Reads `.env` in the working directory, if it exists. Variables that are already set take precedence, as usual. Calls `warn` if the file
 * can be read by other users of the machine, because it contains secrets. Throws when it cannot be read.
 */
export function loadEnvFile(warn: (message: string) => void): void {
  const file = statSync('.env', { throwIfNoEntry: false });
  if (!file) return;
  if (process.platform !== 'win32' && (file.mode & 0o077) !== 0)
    warn('Other users of this machine can read .env, which contains secrets. Run: chmod 600 .env');
  try {
    load('.env');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(
      `.env holds the settings, but cannot be read (${code}). It must be a file that the user who starts Deskwright can read.`,
      { cause },
    );
  }
}
