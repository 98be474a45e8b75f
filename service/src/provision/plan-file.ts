// Saves a plan to a file and reads it again.
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Plan } from './plan.ts';

const values = z.record(z.string(), z.unknown());
const change = z.object({ name: z.string(), at: z.string() });
const kind = z.enum(['group', 'ticket_field', 'view', 'macro', 'webhook']);
const step = z.strictObject({
  key: z.string(),
  kind,
  name: z.string(),
  action: z.enum(['create', 'change', 'remove', 'record', 'release']),
  zendeskId: z.string().nullable(),
  changes: z.array(z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown(), drifted: z.boolean() })),
  to: values,
  origin: z.enum(['created', 'adopted', 'managed']).nullable(),
  changedBy: change.nullable(),
  warnings: z.array(z.string()),
});

const PLAN = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  purpose: z.union([
    z.strictObject({ kind: z.literal('apply') }),
    z.strictObject({ kind: z.literal('rollback'), to: z.number() }),
    z.strictObject({ kind: z.literal('keep') }),
  ]),
  account: z.string(),
  policyHash: z.string(),
  madeAt: z.string(),
  steps: z.array(step),
  notices: z.array(z.strictObject({ key: z.string(), message: z.string(), level: z.enum(['attention', 'info']) })),
  observed: z.record(z.string(), z.strictObject({ id: z.string(), values }).nullable()),
});

export const savePlan = (file: string, plan: Plan): Promise<void> =>
  writeFile(file, `${JSON.stringify(plan, null, 2)}\n`);

/** @throws Error with what to do when it cannot be read or is not a plan */
export async function loadPlan(file: string): Promise<Plan> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`The plan ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  const read = PLAN.safeParse(parse(text));
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new Error(
    `${file} is not a plan of this version of Deskwright${where ? ` (at ${where})` : ''}. Make one with \`deskwright plan --out ${file}\`.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
