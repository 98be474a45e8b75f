// How does an agent say that the category is another one?
import type { TierCard } from '@deskwright/shared/contract';
import { Button } from '@zendeskgarden/react-buttons';
import { Field, Select } from '@zendeskgarden/react-forms';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Note } from '../parts/note.tsx';
import { Row, Stack } from '../parts/text.tsx';
import { useCanAct, useSidebar } from '../state/sidebar-context.tsx';
import { useAct } from '../state/use-act.ts';

const Form = styled.form`
  flex-basis: 100%;
`;

export function CorrectCategory({ tier }: { readonly tier: TierCard }) {
  const { t } = useWords();
  const canAct = useCanAct();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);

  // The form is gone when it is done: the focus goes back to where it came from instead of to the page's top.
  useEffect(() => {
    if (wasOpen.current && !open) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);

  if (!open) {
    return (
      <Button ref={opener} isLink size="small" disabled={!canAct} onClick={() => setOpen(true)}>
        {t('tier.correct')}
      </Button>
    );
  }
  return <CorrectForm tier={tier} onDone={() => setOpen(false)} />;
}

function CorrectForm({ tier, onDone }: { readonly tier: TierCard; readonly onDone: () => void }) {
  const { t } = useWords();
  const { store } = useSidebar();
  const canAct = useCanAct();
  const act = useAct();
  const [chosen, setChosen] = useState(tier.category.id);
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => select.current?.focus(), []);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (chosen === tier.category.id) return onDone();
    const name = tier.categories.find(({ id }) => id === chosen)?.name ?? chosen;
    const answer = await act.run(() => store.correct(chosen), t('tier.correct_done', { category: name }));
    if (answer?.ok === true) onDone();
  }

  return (
    <Form onSubmit={(event) => void save(event)}>
      <Stack>
        <Field>
          <Field.Label>{t('tier.correct_label')}</Field.Label>
          <Select ref={select} isCompact value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {tier.categories.map(({ id, name, tierName }) => (
              <option key={id} value={id}>{`${name} · ${tierName}`}</option>
            ))}
          </Select>
        </Field>
        {act.problem === null ? null : (
          <Note kind="danger" live>
            {act.problem}
          </Note>
        )}
        <Row>
          <Button type="submit" size="small" isPrimary disabled={!canAct || act.busy}>
            {t('tier.correct_save')}
          </Button>
          <Button size="small" isBasic onClick={onDone}>
            {t('cancel')}
          </Button>
        </Row>
      </Stack>
    </Form>
  );
}
