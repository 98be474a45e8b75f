// Shows the evidence to collect for a disputed payment, and lets the agent tick what is there.
import type { DisputeEvidence } from '@deskwright/shared/contract';
import { Checkbox, Field } from '@zendeskgarden/react-forms';
import { useEffect, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { tickEvidence } from './actions.ts';
import { texts } from './texts.ts';

interface EvidenceProps {
  /** As the service names it. */
  readonly payment: string;
  readonly evidence: readonly DisputeEvidence[];
}

export function Evidence({ payment, evidence }: EvidenceProps) {
  const { t } = useTexts(texts);
  const missing = evidence.filter(({ done }) => done === null).length;
  const counts = { missing: String(missing), of: String(evidence.length) };
  return (
    <Stack role="group" aria-label={t('evidence')} $gap={4}>
      <strong>{missing === 0 ? t('evidence_complete') : t('evidence_missing', counts)}</strong>
      {evidence.map((item) => (
        <EvidenceCheckbox key={item.id} payment={payment} item={item} />
      ))}
    </Stack>
  );
}

/** The tick is shown at once, and removed with a message if the service refuses it. */
function EvidenceCheckbox({ payment, item }: { readonly payment: string; readonly item: DisputeEvidence }) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const [wanted, setWanted] = useState<boolean | null>(null);
  // Payments are read again after the tick: what they say counts.
  useEffect(() => setWanted(null), [item]);

  async function tick(done: boolean): Promise<void> {
    setWanted(done);
    const said = t(done ? 'evidence_ticked' : 'evidence_unticked', { evidence: item.text });
    const answer = await action.run(tickEvidence(item.id, { payment, done }), said);
    if (answer?.ok === false) setWanted(null);
  }

  return (
    <>
      <Field>
        <Checkbox
          checked={wanted ?? item.done !== null}
          disabled={!canAct || action.busy}
          onChange={(event) => void tick(event.target.checked)}
        >
          <Field.Label isRegular>{item.text}</Field.Label>
        </Checkbox>
      </Field>
      {item.done === null ? null : (
        <Subtle>{t('by_when', { by: item.done.by, when: format.ago(item.done.at) })}</Subtle>
      )}
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
    </>
  );
}
