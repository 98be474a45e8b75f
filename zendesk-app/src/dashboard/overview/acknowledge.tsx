// Lets admins and leads take an alarm off the dashboard, once they have looked into it.
import { useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { describeRefusal } from '../../base/service/service-context.tsx';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { Note } from '../../base/ui/note.tsx';
import { usePage } from '../data/page-context.tsx';
import { Small } from '../parts/number.tsx';
import { texts } from '../texts.ts';

/** The live stream removes the alarm. @param alarm its number */
export function Acknowledge({ alarm }: { readonly alarm: number }) {
  const all = useTexts(texts);
  const { t } = all;
  const { service } = usePage();
  const announce = useAnnounce();
  const [state, setState] = useState<'ready' | 'sending' | 'done'>('ready');
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function acknowledge(): Promise<void> {
    setState('sending');
    setRefusal(null);
    const answer = await service.call('POST', `/api/dashboard/alarms/${alarm}/acknowledge`, {});
    // Somebody else may have been faster.
    const isOff = answer.ok || answer.refusal.kind === 'not_found';
    setState(isOff ? 'done' : 'ready');
    if (isOff) announce(t('attention.acknowledged'));
    else setRefusal(answer.refusal);
  }

  if (state === 'done') return <Small as="p">{t('attention.acknowledged')}</Small>;
  return (
    <>
      <ActionButton disabled={state === 'sending'} onClick={() => void acknowledge()}>
        {t('attention.acknowledge')}
      </ActionButton>
      {refusal === null ? null : (
        <Note kind="danger" live>
          {describeRefusal(all, refusal)}
        </Note>
      )}
    </>
  );
}
