// Formats a place in the policy: `tiers[1].group`.
import type { PolicyPath } from './finding.ts';

/** Empty for the file as a whole. */
export function pathText(path: PolicyPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
