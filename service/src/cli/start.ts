// Starts and stops the service from the command line.
import { composeService, type Role } from '../app/compose.ts';
import { isOnThisMachine, readConfig } from '../app/config.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { readRehearsalDelay } from './option-values.ts';

export interface StartOptions {
  role: Role;
  policyPath: string;
  surveyDelay: string | null;
  /** Only watch until `deskwright activate`, with the local Zendesk too. */
  observe: boolean;
}

/** Time to finish running work after SIGTERM, in milliseconds: Docker kills after ten seconds. */
const GRACE_MS = 8_000;

/** Runs until SIGTERM or SIGINT: exit code 0; or until it cannot continue: 1. Throws with all problems when it cannot start. */
export async function runStart(options: StartOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const read = readConfig({ ...env, DESKWRIGHT_POLICY: options.policyPath });
  if (!read.ok)
    throw new Error(`Deskwright cannot start:\n${read.problems.map((problem) => `  - ${problem}`).join('\n')}`);
  const surveyDelayMs = options.surveyDelay === null ? null : readRehearsalDelay(options.surveyDelay);
  const logger = createLogger(read.config.logLevel);
  const asked = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });

  const service = await composeService(read.config, {
    role: options.role,
    surveyDelayMs,
    logger,
    observes: options.observe,
    watchesAtFirst: !isOnThisMachine(read.config.zendesk.baseUrl),
  }).catch(endWithCause);
  logger.info({ role: options.role, port: service.port }, 'Deskwright is running');

  const end = await Promise.race([asked, service.lost.then((reason) => ({ reason }))]);
  const isAsked = typeof end === 'string';
  if (isAsked) logger.info({ signal: end }, 'Stopping after running work is finished');
  else logger.error(end, 'Stopping because the service cannot continue: restart it');
  await service.stop(GRACE_MS);
  logger.info({}, 'Stopped');
  return isAsked ? 0 : 1;
}

/** The last line says what is wrong, also after the lines that show the mistakes of a policy. */
function endWithCause(error: unknown): never {
  if (!(error instanceof Error) || !error.message.includes('\n')) throw error;
  const first = error.message.split('\n').find((line) => line.trim() !== '') ?? '';
  throw new Error(`${error.message}\n\nDeskwright cannot start: ${first.replace(/:$/, '.')}`, { cause: error });
}
