// Names an outcome or a root cause in the agent's language.
import type { Choice } from '@deskwright/shared/contract';
import type { TextsOf } from '../../base/i18n/texts-context.tsx';
import type english from './texts/en.json';
import type { texts } from './texts.ts';

type FollowUpTexts = Pick<TextsOf<typeof texts>, 't'>;
type OutcomeId = keyof (typeof english)['outcomes'];
type CauseId = keyof (typeof english)['causes'];

/** The policy's name; of ours, the one in the agent's language; of one that the policy no longer has, its id. */
export const outcomeName = ({ t }: FollowUpTexts, { id, name }: Choice): string =>
  name ?? (isOutcome(id) ? t(`outcomes.${id}`) : id);

export const causeName = ({ t }: FollowUpTexts, { id, name }: Choice): string =>
  name ?? (isCause(id) ? t(`causes.${id}`) : id);

const isOutcome = (id: string): id is OutcomeId =>
  ['reached', 'not_reached', 'resolved', 'lost', 'unreachable'].includes(id);
const isCause = (id: string): id is CauseId =>
  ['product', 'speed', 'knowledge', 'communication', 'rules', 'price', 'other'].includes(id);
