// Finds secrets of the environment in the package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validatePackage } from '@deskwright/local-zendesk';

const SECRET_NAME = /secret|token|password|_key$|^database_url$|^redis_url$|^smtp_url$|^slack_webhook_url$/i;
// Shorter values (`deskwright`, `true`) occur in harmless places.
const SHORTEST = 12;

/**
 * Names of the settings in the environment and `.env` whose values are in the package, and texts that look like a secret.
 * @param {Map<string, Uint8Array>} files
 * @param {string} root of the repository
 * @returns {string[]}
 */
export function findSecrets(files, root) {
  const secrets = [...Object.entries(process.env), ...readEnvFile(join(root, '.env'))].filter(
    ([name, value]) => SECRET_NAME.test(name) && (value ?? '').length >= SHORTEST,
  );
  const found = [...files].flatMap(([path, bytes]) => {
    const text = Buffer.from(bytes).toString();
    return secrets
      .filter(([, value]) => text.includes(value))
      .map(([name]) => `${path} holds the value of ${name}, which must stay with the service.`);
  });
  const looksLike = validatePackage(files).warnings.filter((warning) => / found in /.test(warning));
  return [...found, ...looksLike];
}

function readEnvFile(path) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*["']?(.*?)["']?\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
}
