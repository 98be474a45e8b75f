// Runs `deskwright apply` on a fixture, with confirmation.
import type { ProvisionFixture } from '../../../provision/testing/provision-fixture.ts';
import { clockOf } from '../../clock.ts';
import { type ApplyOptions, runApply } from '../run-plan.ts';

/** Gives the exit code, and what was printed. */
export async function applyOn(
  { deps, plan }: Pick<ProvisionFixture, 'deps' | 'plan'>,
  options: Partial<ApplyOptions> = {},
): Promise<{ code: 0 | 1 | 2; text: string }> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const code = await runApply({
    ...deps,
    saved: null,
    make: () => plan(),
    reason: 'spring clean',
    who: 'ana@desk',
    clock: clockOf({ time_zone: 'Europe/Berlin' }),
    json: false,
    ask: async () => true,
    interruption: () => new AbortController().signal,
    out: say,
    err: say,
    command: 'deskwright apply',
    ...options,
  });
  return { code, text: lines.join('\n') };
}
