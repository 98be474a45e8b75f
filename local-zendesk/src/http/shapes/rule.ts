// How do triggers and macros look on the wire?
import type { Macro, Trigger } from '../../account/rules.ts';
import type { UrlOf } from '../call.ts';

export const showTrigger = (url: UrlOf, trigger: Trigger): Record<string, unknown> => ({
  url: url(`/triggers/${trigger.id}.json`),
  ...trigger,
  raw_title: trigger.title,
});

export const showMacro = (url: UrlOf, macro: Macro): Record<string, unknown> => ({
  url: url(`/macros/${macro.id}.json`),
  ...macro,
  raw_title: macro.title,
  default: false,
});
