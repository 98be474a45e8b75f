#!/usr/bin/env node
// Starts the command line of the local Zendesk from what `npm run build` made.
import('../dist/cli.js').then(
  ({ main }) => main(process.argv),
  (error) => {
    console.error(`Cannot start: ${error.message}\nBuild it first: npm run build`);
    process.exitCode = 2;
  },
);
