// Describes to the agent why something they did was refused.
import type { Translate } from '../i18n/texts.ts';
import type { Refusal } from './refusal.ts';

export function describeRefusal(t: Translate, { kind, group }: Refusal): string {
  return t(`problem.${kind}`, { group });
}
