// Builds a zip for tests.
import { zipSync } from 'fflate';
import type { PackageFiles } from '../package/package-files.ts';

export const zipOf = (files: PackageFiles): Buffer => Buffer.from(zipSync(Object.fromEntries(files)));
