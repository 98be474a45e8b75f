// Parses the delay of a rehearsal.

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `15s`, `5m`, `1h`. Seconds exist for rehearsals only, so the policy's durations do not know them. Throws with an example. */
export function readRehearsalDelay(text: string): number {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (!amount || !unit) throw new Error(`--survey-delay "${text}" is not a delay; write 15s, 5m or 1h.`);
  return Number(amount) * (UNITS[unit] ?? 0);
}
