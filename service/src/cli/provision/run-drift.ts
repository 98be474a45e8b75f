// Shows what people changed in Zendesk on the objects that Deskwright owns, and records what to do about it.

import type { Policy } from '@deskwright/shared';
import type { GuidanceByCategory } from '../../policy/guidance/guidance.ts';
import { checkDrift, type DriftChoice, describeDrift, type PlanDeps, settleDrift } from '../../provision/index.ts';
import { whileReading } from './run-plan.ts';

export interface DriftOptions extends Pick<PlanDeps, 'db' | 'objects' | 'publicUrl'> {
  policy: Policy;
  guidance: GuidanceByCategory;
  json: boolean;
  out: (text: string) => void;
}

/** `deskwright drift`: reads the account. Exit code 0: nothing drifted; 1: something did. */
export async function runDrift({ json, out, policy, ...deps }: DriftOptions): Promise<0 | 1> {
  const drifted = await whileReading(() => checkDrift({ ...deps, policy: () => policy }));
  if (json) out(JSON.stringify({ drifted }));
  else if (drifted.length === 0) out('Nothing was changed in Zendesk since the last apply.');
  else {
    out(drifted.map(describeDrift).join('\n'));
    out(
      [
        '',
        'For each, choose:',
        '  deskwright drift overwrite <name>   the next apply sets it to the value in the policy',
        '  deskwright drift adopt <name>       keep the value in Zendesk; change the policy to match',
        '  deskwright drift ignore <name>      keep the value in Zendesk, whatever the policy has',
      ].join('\n'),
    );
  }
  return drifted.length === 0 ? 0 : 1;
}

/** `deskwright drift adopt|overwrite|ignore <name>`. Exit code 0: recorded; 1: refused, with what to do. */
export async function runDriftChoice(
  { json, out, ...deps }: DriftOptions,
  { key, choice }: { key: string; choice: DriftChoice },
): Promise<0 | 1> {
  const settled = await whileReading(() => settleDrift(deps, key, choice));
  if (json) out(JSON.stringify(settled));
  else out(settled.outcome === 'refused' ? settled.message : describe(key, choice, settled.differs));
  return settled.outcome === 'settled' ? 0 : 1;
}

function describe(key: string, choice: DriftChoice, differs: readonly string[]): string {
  switch (choice) {
    case 'overwrite':
      return `${key} will be set to the value in the policy: deskwright apply --reason "..."`;
    case 'ignore':
      return `${key} is kept as it is now${differs.length > 0 ? ` (${differs.join(', ')})` : ''}, until it changes again.`;
    case 'adopt':
      return differs.length === 0
        ? `${key} is Deskwright's, and as the policy wants it.`
        : `${key} is Deskwright's. It differs from the policy in ${differs.join(', ')}: change the policy, or the next apply sets it.`;
    default:
      return choice satisfies never;
  }
}
