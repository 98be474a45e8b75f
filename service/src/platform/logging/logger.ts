// Creates the service's logger.
import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'> & {
  child(ids: Record<string, unknown>): Logger;
};

/**
 * JSON lines on standard output. Messages are fixed sentences; variable data is metadata: ids, counts, milliseconds.
 * Customers' words are never logged. Levels by how often a healthy system logs them: error never, warn rarely, info a few a minute.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
