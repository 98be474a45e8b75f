// Declares the mode of a trigger and that of the file.
import { z } from 'zod';
import { checkMode, checkPolicyMode } from '../check/check-mode.ts';
import { MODE_PATTERN, type Mode } from '../mode.ts';
import { fromCheck } from './from-check.ts';

const ofFile = MODE_PATTERN.source.replace('(', '(observe|');

export const triggerMode = z
  .custom<Mode>()
  .check(fromCheck(checkMode))
  .meta({ title: 'mode', type: 'string', pattern: MODE_PATTERN.source });

export const policyMode = z
  .custom<Mode | 'observe'>()
  .check(fromCheck(checkPolicyMode))
  .meta({ title: 'mode', type: 'string', pattern: ofFile });
