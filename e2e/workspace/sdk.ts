// Calls the SDK inside an app's frame.
import type { Frame } from 'playwright-core';

/** Runs a script in the frame, whose page has `client` and the list `log`. */
export const run = <T>(app: Frame, script: string): Promise<T> => app.evaluate<T>(`(async () => { ${script} })()`);

/** The name and message with which a call of the SDK rejects. */
export const refusal = (app: Frame, call: string): Promise<string> =>
  run(app, `try { await ${call}; return 'no refusal'; } catch (error) { return error.name + ': ' + error.message; }`);

/** Waits until `log` has that many entries and returns them. */
export async function logged(app: Frame, count: number): Promise<unknown[]> {
  await app.waitForFunction(`log.length >= ${count}`, undefined, { timeout: 120_000 });
  return run(app, 'return log');
}
