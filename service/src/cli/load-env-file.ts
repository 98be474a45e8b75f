// Reads the settings in a `.env` file.
import { statSync } from 'node:fs';
import { loadEnvFile as load } from 'node:process';

/**
 * Reads `.env` of the working directory, if there is one. What is set already wins, as with every dotenv. `warn` hears of a file that
 * other users of the machine can read: it holds secrets.
 */
export function loadEnvFile(warn: (message: string) => void): void {
  const file = statSync('.env', { throwIfNoEntry: false });
  if (!file) return;
  if (process.platform !== 'win32' && (file.mode & 0o077) !== 0)
    warn('Other users of this machine can read .env, which holds secrets. Run: chmod 600 .env');
  load('.env');
}
