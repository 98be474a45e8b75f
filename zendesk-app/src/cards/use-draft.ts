// What has been typed for this move so far?
import { useState } from 'react';
import type { Draft } from '../state/drafts.ts';
import { useSidebar } from '../state/sidebar-context.tsx';
import type { MoveTarget } from './move-target.ts';

export interface DraftInHand {
  readonly draft: Draft;
  readonly write: (fieldId: string, value: string) => void;
  /** The move is done. */
  readonly drop: () => void;
}

export function useDraft({ to }: MoveTarget): DraftInHand {
  const { drafts, store, newId } = useSidebar();
  const key = `${store.view().ticketId}:${to.kind}:${to.id}`;
  const [draft, setDraft] = useState<Draft>(() => drafts.get(key) ?? { fields: {}, requestId: newId() });
  return {
    draft,
    write(fieldId, value) {
      const written = { ...draft, fields: { ...draft.fields, [fieldId]: value } };
      drafts.set(key, written);
      setDraft(written);
    },
    drop: () => void drafts.delete(key),
  };
}
