// Reads a mode: whether a trigger or a policy acts, for all tickets or for a share of them, or only decides.

/** `10%`: acts for a stable share of tickets, in whole percent from 1 to 100. */
export type Mode = 'shadow' | 'act' | `${number}%`;

export const MODE_PATTERN = /^(shadow|act|([1-9]\d?|100)%)$/;

/** For how many percent of the tickets it acts, 0 to 100. `observe` writes nothing, and stops that elsewhere: it decides as if all acted. */
export function shareOf(mode: Mode | 'observe' | undefined): number {
  if (mode === 'shadow') return 0;
  return mode?.endsWith('%') === true ? Number(mode.slice(0, -1)) : 100;
}
