// Simulates ongoing activity in the account.
import type { Account } from '../account/account.ts';
import type { Random } from '../random.ts';
import { letCustomerWrite } from './let-customer-write.ts';
import type { SurveyTakers } from './let-customers-answer.ts';
import { letTeamWork } from './let-team-work.ts';

export interface TrickleSettings {
  /** Mean real milliseconds between two customers who write. */
  ticketEveryMs: number;
  /** Mean real milliseconds between two tickets that the team solves. */
  solveEveryMs: number;
  /** Mean real milliseconds between two looks of customers at surveys in their mailbox. */
  answerEveryMs: number;
}

const TRICKLE_DEFAULTS: TrickleSettings = { ticketEveryMs: 4_000, solveEveryMs: 10_000, answerEveryMs: 2_000 };

export interface Trickle {
  start(): void;
  stop(): void;
  set(settings: Partial<TrickleSettings>): void;
  state(): TrickleSettings & { on: boolean; written: number; worked: number; answered: number };
}

/**
 * New tickets, chasing comments, answers to surveys, and a team that solves the oldest that no agent has open. It runs in real time, not on the account's clock:
 * moving the clock by a day must not make a day's tickets rain at once.
 */
export function createTrickle(
  account: Account,
  random: Random,
  settings: Partial<TrickleSettings> = {},
  isOpen?: (ticketId: number) => boolean,
  takers?: SurveyTakers,
): Trickle {
  let now = { ...TRICKLE_DEFAULTS, ...settings };
  let timers: NodeJS.Timeout[] = [];
  let on = false;
  let written = 0;
  let worked = 0;
  let answered = 0;

  function repeat(slot: number, everyMs: () => number, act: () => void | Promise<void>) {
    const once = async () => {
      await act();
      if (on && timers[slot] === timer) repeat(slot, everyMs, act);
    };
    const timer = setTimeout(() => void once(), everyMs() * (0.5 + random()));
    timer.unref();
    timers[slot] = timer;
  }

  function stop() {
    on = false;
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  }

  function start() {
    if (on) return;
    on = true;
    repeat(
      0,
      () => now.ticketEveryMs,
      () => {
        if (letCustomerWrite(account, random)) written += 1;
      },
    );
    repeat(
      1,
      () => now.solveEveryMs,
      () => {
        if (letTeamWork(account, random, isOpen)) worked += 1;
      },
    );
    repeat(
      2,
      () => now.answerEveryMs,
      async () => {
        if ((await takers?.look()) === 'answered') answered += 1;
      },
    );
  }

  return {
    start,
    stop,
    set(changed) {
      now = { ...now, ...changed };
      if (!on) return;
      stop();
      start();
    },
    state: () => ({ ...now, on, written, worked, answered }),
  };
}
