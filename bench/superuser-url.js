// Returns the address of an embedded database for its superuser; the service's own role is an ordinary one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} dataDir @param {string} url of the service's role */
export function superuserUrl(dataDir, url) {
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  return Object.assign(new URL(url), { username: 'deskwright', password }).href;
}
