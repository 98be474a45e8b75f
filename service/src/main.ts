// Starts the service: `node service/dist/main.js [--role all|web|worker]`, the same as `deskwright start`.
process.argv.splice(2, 0, 'start');
await import('./cli/main.ts');
