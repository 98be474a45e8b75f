// Starts the command line. If it cannot run at all, the last line gives the reason, instead of Node's own report of an exception.
import { readFileSync } from 'node:fs';

/** Ends the process with 2 when this Node is too old, or a file of the installation is missing. */
export async function launch(): Promise<void> {
  process.on('uncaughtException', fail);
  // Who reads the output may have enough of it, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EPIPE' ? process.exit(0) : fail(error),
  );
  const problem = nodeProblem(process.versions.node, leastNode());
  if (problem !== null) return fail(new Error(problem));
  try {
    await import('./main.ts');
  } catch (error) {
    fail(error);
  }
}

/** Null: this version of Node is new enough. */
function nodeProblem(version: string, least: string): string | null {
  return isBelow(version, least)
    ? `Deskwright needs Node ${least} or newer, and this is Node ${version}. Install a newer one: https://nodejs.org`
    : null;
}

function isBelow(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

/** `20.19` of `>=20.19` in the product's manifest. */
function leastNode(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    engines: { node: string };
  };
  return manifest.engines.node.replace(/^>=/, '');
}

function fail(error: unknown): void {
  if (error instanceof Error && error.stack !== undefined && !('code' in error)) console.error(error.stack);
  console.error(`Deskwright stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
