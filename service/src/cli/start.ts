// How is the service started and stopped from the command line?
import { composeService } from '../compose.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../logging/logger.ts';
import type { Role } from '../role.ts';
import { readRehearsalDelay } from './read-rehearsal-delay.ts';

export interface StartOptions {
  role: Role;
  policyPath: string;
  surveyDelay: string | null;
}

/** Work in hand gets this long after SIGTERM. */
const GRACE_MS = 20_000;

/** Runs until SIGTERM or SIGINT. Exit code 0; throws, with all problems at once, when it cannot start. */
export async function runStart(options: StartOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const read = readConfig({ ...env, DESKWRIGHT_POLICY: options.policyPath });
  if (!read.ok)
    throw new Error(`Deskwright cannot start:\n${read.problems.map((problem) => `  - ${problem}`).join('\n')}`);
  const surveyDelayMs = options.surveyDelay === null ? null : readRehearsalDelay(options.surveyDelay);
  const logger = createLogger(read.config.logLevel);
  const asked = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });

  const service = await composeService(read.config, { role: options.role, surveyDelayMs, logger });
  logger.info({ role: options.role, port: service.port }, 'Deskwright is running');

  logger.info({ signal: await asked }, 'Stopping: work in hand is finished first');
  await service.stop(GRACE_MS);
  logger.info({}, 'Stopped');
  return 0;
}
