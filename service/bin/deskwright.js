#!/usr/bin/env node
// Starts the command line; says what to do when it has not been built.
import { existsSync } from 'node:fs';

const code = new URL('../dist/cli/launch.js', import.meta.url);
if (!existsSync(code)) {
  console.error('Deskwright has not been built yet. Run: npm run build');
  process.exit(2);
}
const { launch } = await import(code.href);
await launch();
