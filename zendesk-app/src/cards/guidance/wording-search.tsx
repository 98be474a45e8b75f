// Searches the wording and guidance of this ticket's category, then of the others.
import type { GuidanceCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { describeRefusal, useService } from '../../base/service/service-context.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { readNewTicketGuidance } from './actions.ts';
import { CannedReply } from './canned-reply.tsx';
import { findWording } from './find-wording.ts';
import { texts } from './texts.ts';

/** More are only counted: another word finds the one that is meant. */
const MOST_SHOWN = 8;

/** @param own of this ticket, with the customer's name in its replies; null: the policy has none for the category */
export function WordingSearch({ own }: { readonly own: GuidanceCard | null }) {
  const guidanceTexts = useTexts(texts);
  const { t } = guidanceTexts;
  const service = useService();
  const [others, setOthers] = useState<readonly GuidanceCard[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let open = true;
    const load = async (): Promise<void> => {
      const answer = await readNewTicketGuidance(service);
      if (!open) return;
      if (answer.ok) setOthers(answer.value.categories);
      else setRefusal(answer.refusal);
    };
    void load();
    return () => {
      open = false;
    };
  }, [service]);

  const found = useMemo(() => {
    const rest = (others ?? []).filter(({ categoryId }) => categoryId !== own?.categoryId);
    return findWording(own === null ? rest : [own, ...rest], query);
  }, [own, others, query]);
  const more = found.length - MOST_SHOWN;
  const isSearching = query.trim() !== '' && (others !== null || refusal !== null);
  return (
    <Stack $gap={6}>
      <Field>
        <Field.Label>{t('search.label')}</Field.Label>
        <Input ref={field} isCompact type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      </Field>
      {refusal === null ? null : (
        <Note kind="warning" live>
          {describeRefusal(guidanceTexts, refusal)}
        </Note>
      )}
      <Subtle role="status">{isSearching ? t('search.found', { count: found.length }) : ''}</Subtle>
      {found.slice(0, MOST_SHOWN).map(({ category, kind, text }) => (
        <div key={text}>
          <Subtle>{category}</Subtle>
          {kind === 'reply' ? <CannedReply text={text} /> : <p>{text}</p>}
        </div>
      ))}
      {more > 0 ? <Subtle>{t('search.more', { count: more })}</Subtle> : null}
    </Stack>
  );
}
