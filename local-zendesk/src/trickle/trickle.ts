// Simulates ongoing activity in the account.
import type { Account } from '../account/account.ts';
import type { Random } from '../random.ts';
import { letCustomerWrite } from './let-customer-write.ts';
import { letTeamWork } from './let-team-work.ts';

export interface TrickleSettings {
  /** Mean real milliseconds between two customers who write. */
  ticketEveryMs: number;
  /** Mean real milliseconds between two tickets that the team solves. */
  solveEveryMs: number;
}

const TRICKLE_DEFAULTS: TrickleSettings = { ticketEveryMs: 4_000, solveEveryMs: 10_000 };

export interface Trickle {
  start(): void;
  stop(): void;
  set(settings: Partial<TrickleSettings>): void;
  state(): TrickleSettings & { on: boolean; written: number; worked: number };
}

/**
 * New tickets, chasing comments, and a team that solves the oldest that no agent has open. It runs in real time, not on the account's clock:
 * moving the clock by a day must not make a day's tickets rain at once.
 */
export function createTrickle(
  account: Account,
  random: Random,
  settings: Partial<TrickleSettings> = {},
  isOpen?: (ticketId: number) => boolean,
): Trickle {
  let now = { ...TRICKLE_DEFAULTS, ...settings };
  let timers: NodeJS.Timeout[] = [];
  let on = false;
  let written = 0;
  let worked = 0;

  function repeat(slot: number, everyMs: () => number, act: () => void) {
    const timer = setTimeout(
      () => {
        act();
        if (on) repeat(slot, everyMs, act);
      },
      everyMs() * (0.5 + random()),
    );
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
    state: () => ({ ...now, on, written, worked }),
  };
}
