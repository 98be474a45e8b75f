// Generates the reference pages of policy, figures and findings and the JSON Schema of the policy file; with --check it only reports whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFiguresReference, generatePolicyReference } from '@deskwright/shared';
import { buildFindingsReference } from '../service/dist/lint/build-findings-reference.js';

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url));
const isCheck = process.argv.includes('--check');
const texts = {
  ...generatePolicyReference(),
  'figures.md': buildFiguresReference(),
  'findings.md': buildFindingsReference(),
};

for (const [name, text] of Object.entries(texts)) {
  const path = join(folder, name);
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed === text) continue;
  if (isCheck) {
    console.error(`${path} is not current. Run: npm run generate`);
    process.exitCode = 1;
  } else {
    await writeFile(path, text);
    console.log(`${path} written`);
  }
}
