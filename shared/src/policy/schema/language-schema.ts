// Declares the languages by which the policy writes texts and words.
import { z } from 'zod';

export const language = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'must be a language of two or three small letters, such as es')
  .meta({ title: 'language' });
