// Reads the files of `deploy/`, for the tests that check them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..', '..');

export const pathInDeploy = (name: string): string => join(ROOT, 'deploy', name);
export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
export const readDeployFile = (name: string): string => readText(join('deploy', name));
export const readYaml = (name: string): unknown => parse(readDeployFile(name), { strict: true, uniqueKeys: true });
