// Starts the service: `node service/dist/main.js [--role all|web|worker]`, the same as `deskwright start`.
import { launch } from './cli/launch.ts';

process.argv.splice(2, 0, 'start');
await launch();
