// Formats triggers and macros for the API.
import type { Automation, Macro, Trigger } from '../../account/rules.ts';
import type { UrlOf } from '../call.ts';

export const showTrigger = (url: UrlOf, trigger: Trigger): Record<string, unknown> => ({
  url: url(`/triggers/${trigger.id}.json`),
  ...trigger,
  raw_title: trigger.title,
});

export const showAutomation = (url: UrlOf, automation: Automation): Record<string, unknown> => ({
  url: url(`/automations/${automation.id}.json`),
  ...automation,
  raw_title: automation.title,
});

export const showMacro = (url: UrlOf, macro: Macro): Record<string, unknown> => ({
  url: url(`/macros/${macro.id}.json`),
  ...macro,
  raw_title: macro.title,
  default: false,
});
