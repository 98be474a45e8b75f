// Keeps what the agent has typed into a form.
import { useState } from 'react';
import type { Draft } from './drafts.ts';
import { useSidebar } from './sidebar-context.tsx';

export interface DraftEditor {
  readonly draft: Draft;
  readonly write: (fieldId: string, value: string) => void;
  /** As `write`, and what is sent next is a new request: what an earlier one did with other values must not count as done. */
  readonly rewrite: (fieldId: string, value: string) => void;
  /** After the form was performed: it is empty again, and what is sent next is a new request. */
  readonly discard: () => void;
  /** Keeps the text; what is sent next is a new request. */
  readonly renew: () => void;
}

/** @param form names the form among those of the ticket */
export function useDraft(form: string): DraftEditor {
  const { drafts, store, newId } = useSidebar();
  const key = `${store.view().ticketId}:${form}`;
  const empty = (): Draft => ({ fields: {}, requestId: newId() });
  const [draft, setDraft] = useState<Draft>(() => drafts.get(key) ?? empty());
  const keep = (changed: Draft): void => {
    drafts.set(key, changed);
    setDraft(changed);
  };
  const withField = (fieldId: string, value: string) => ({ ...draft.fields, [fieldId]: value });
  return {
    draft,
    write: (fieldId, value) => keep({ ...draft, fields: withField(fieldId, value) }),
    rewrite: (fieldId, value) => keep({ fields: withField(fieldId, value), requestId: newId() }),
    discard() {
      drafts.delete(key);
      setDraft(empty());
    },
    renew: () => keep({ ...draft, requestId: newId() }),
  };
}
