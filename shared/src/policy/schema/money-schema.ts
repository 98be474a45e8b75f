// How does a policy write amounts of money?
import { z } from 'zod';

/** `50`, `49.9` or `"49.90"`, in the currency named beside it. Kept as written; `toMinorUnits` makes integers of it. */
export const amount = z
  .union([z.number(), z.string()])
  .refine((value) => /^\d{1,9}(\.\d{1,3})?$/.test(String(value)), 'must be an amount such as 50 or "49.90"')
  .meta({ title: 'amount' });
