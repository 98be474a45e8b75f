// Parses the command line's flags.
import { createClock } from './clock.ts';
import type { BadAnswer, RestFaultRule } from './faults/rest-faults.ts';
import type { LocalZendeskOptions } from './options.ts';

/** As commander hands them over: seconds, hours and rates as numbers. */
export interface Flags {
  port?: number;
  smtpPort?: number;
  host?: string;
  https?: number | true;
  app?: string[];
  appSetting?: string[];
  seed?: 'northwind' | 'empty';
  backlog?: number;
  messages?: string;
  trickle?: 'off' | 'now' | 'when_subscribed';
  ticketEvery?: number;
  solveEvery?: number;
  answerEvery?: number;
  randomSeed?: number;
  dropWebhooks?: number;
  doubleWebhooks?: number;
  reorderWebhooks?: number;
  delayWebhooks?: number;
  delayBy?: number;
  throttleWebhooks?: number | true;
  ticketUpdatesPerMinute?: number;
  withoutMessaging?: boolean;
  rest429?: number;
  rest500?: number;
  rest503?: number;
  restTimeout?: number;
  advance?: number;
  json?: boolean;
}

const HOUR = 3_600_000;

const DEFAULT_HTTPS_PORT = 4603;

export function optionsFromFlags(flags: Flags): LocalZendeskOptions {
  const { port, smtpPort, host, seed, backlog, messages, randomSeed } = flags;
  const clock = createClock();
  clock.advance((flags.advance ?? 0) * HOUR);
  return {
    ...without({ port, smtpPort, host, seed, backlog, messages, randomSeed }),
    clock,
    ...(flags.withoutMessaging && { messaging: false }),
    limits: without({ ticketUpdates: flags.ticketUpdatesPerMinute }),
    ...without({ https: flags.https === true ? DEFAULT_HTTPS_PORT : flags.https }),
    apps: (flags.app ?? []).map((path) => ({ path, settings: settingsOf(flags.appSetting ?? []) })),
    trickle: {
      start: flags.trickle ?? 'when_subscribed',
      ...without({
        ticketEveryMs: inMs(flags.ticketEvery),
        solveEveryMs: inMs(flags.solveEvery),
        answerEveryMs: inMs(flags.answerEvery),
      }),
    },
    faults: {
      webhooks: {
        drop: { rate: flags.dropWebhooks },
        double: { rate: flags.doubleWebhooks },
        reorder: { rate: flags.reorderWebhooks },
        delay: { rate: flags.delayWebhooks, ms: inMs(flags.delayBy) },
        ...(flags.throttleWebhooks !== undefined && {
          throttle: flags.throttleWebhooks === true ? {} : { rate: flags.throttleWebhooks },
        }),
      },
      rest: [
        ...restFault('timeout', flags.restTimeout),
        ...restFault(429, flags.rest429),
        ...restFault(500, flags.rest500),
        ...restFault(503, flags.rest503),
      ],
    },
  };
}

/** `name=value`, the value with all its further signs of equality. */
const settingsOf = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));

const inMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);

const restFault = (answer: BadAnswer, rate: number | undefined): RestFaultRule[] =>
  rate === undefined ? [] : [{ answer, rate }];

/** Leaves out what was not given, so that defaults stay in one place. */
function without<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
