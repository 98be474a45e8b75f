// Performs an action from a button and reports how it went.
import type { TicketCard } from '@deskwright/shared/contract';
import { useState } from 'react';
import { useTexts } from '../i18n/texts-context.tsx';
import type { Answer, Refusal } from '../service/refusal.ts';
import { describeRefusal } from '../service/service-context.tsx';
import { useAnnounce } from '../ui/announcer.tsx';
import { useSidebar } from './sidebar-context.tsx';
import type { TicketAction } from './ticket-store.ts';

export interface ActionRunner {
  readonly busy: boolean;
  /** In the agent's language; null unless the last action failed. */
  readonly problem: string | null;
  /** Null: another action is still running. @param done announced to screen readers on success; null: the page shows it and moves the focus there */
  run(action: TicketAction, done: string | null): Promise<Answer<TicketCard> | null>;
  clear(): void;
}

export function useAction(): ActionRunner {
  const texts = useTexts();
  const { store } = useSidebar();
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return {
    busy,
    problem: refusal === null ? null : describeRefusal(texts, refusal),
    clear: () => setRefusal(null),
    async run(action, done) {
      if (busy) return null;
      setBusy(true);
      setRefusal(null);
      const answer = await store.perform(action);
      setBusy(false);
      if (!answer.ok) setRefusal(answer.refusal);
      else if (done !== null) announce(done);
      return answer;
    },
  };
}
