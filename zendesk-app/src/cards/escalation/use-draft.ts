// Keeps what the agent has typed into the form of a move.
import { useState } from 'react';
import type { Draft } from '../../base/ticket/drafts.ts';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import type { MoveTarget } from './move-target.ts';

export interface DraftEditor {
  readonly draft: Draft;
  readonly write: (fieldId: string, value: string) => void;
  /** After the move is done. */
  readonly discard: () => void;
}

export function useDraft({ to }: MoveTarget): DraftEditor {
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
    discard: () => void drafts.delete(key),
  };
}
