// Describes to the agent why something they did was refused.
import type { Texts } from '../i18n/texts-context.tsx';
import type { Refusal } from './refusal.ts';

export function describeRefusal({ t, format }: Texts, { kind, group, upTo, triesLeft, until }: Refusal): string {
  return t(`problem.${kind}`, {
    group,
    upTo: upTo === null ? '' : format.money(upTo),
    tries: triesLeft === null ? '' : format.number(triesLeft),
    until: until === null ? '' : format.dateTime(until),
  });
}
