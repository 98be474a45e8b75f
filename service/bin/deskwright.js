#!/usr/bin/env node
// Starts the command line; says what to do when it has not been built.
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('Deskwright has not been built yet. Run: npm run build');
  process.exit(2);
}
await import(main.href);
