// Copies the guidance of the example policy to where a copy of the policy looks for it.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Copies the example's guidance beside a policy file. */
export function placeExampleGuidance(folder: string): void {
  const from = fileURLToPath(new URL('../../config/guidance', import.meta.url));
  cpSync(from, join(folder, 'guidance'), { recursive: true });
}
