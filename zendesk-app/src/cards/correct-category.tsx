// How does an agent say that the category is another one?
import type { TierCard } from '@deskwright/shared/contract';
import { Field, Select } from '@zendeskgarden/react-forms';
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/words-context.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Note } from '../parts/note.tsx';
import { Row, Stack } from '../parts/text.tsx';
import { useCanAct, useSidebar } from '../state/sidebar-context.tsx';
import { useAct } from '../state/use-act.ts';

interface CorrectCategoryProps {
  readonly tier: TierCard;
  /** Who keeps the ticket whatever its category becomes. Null: it goes to the tier of its category. */
  readonly staysWith: string | null;
  readonly onDone: () => void;
}

export function CorrectCategory({ tier, staysWith, onDone }: CorrectCategoryProps) {
  const { t } = useWords();
  const { store } = useSidebar();
  const canAct = useCanAct();
  const act = useAct();
  // What the card said when the form was opened, or when the agent chose last: a change since then must not be overruled unseen.
  // Null: an agent who was told that somebody was faster sees what that did.
  const [seen, setSeen] = useState<string | null>(tier.category.id);
  const [choice, setChoice] = useState<string | null>(null);
  const from = seen ?? tier.category.id;
  const chosen = choice ?? from;
  const select = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => select.current?.focus(), []);

  function choose(category: string): void {
    setSeen(from);
    setChoice(category);
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (chosen === tier.category.id) return onDone();
    const name = tier.categories.find(({ id }) => id === chosen)?.name ?? chosen;
    const answer = await act.run(() => store.correct(from, chosen), t('tier.correct_done', { category: name }));
    if (answer?.ok === true) return onDone();
    if (answer?.refusal.kind !== 'conflict') return;
    setSeen(null);
    setChoice(null);
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack>
        <Field>
          <Field.Label>{t('tier.correct_label')}</Field.Label>
          <Select ref={select} isCompact value={chosen} onChange={(event) => choose(event.target.value)}>
            {tier.categories.map(({ id, name, tierName }) => (
              <option key={id} value={id}>{`${name} · ${tierName}`}</option>
            ))}
          </Select>
        </Field>
        {staysWith === null || !leadsAway(tier, chosen) ? null : (
          <Note kind="info" live>
            {t('tier.stays', { who: staysWith })}
          </Note>
        )}
        {act.problem === null ? null : (
          <Note kind="danger" live>
            {act.problem}
          </Note>
        )}
        <Row>
          <ActionButton type="submit" isPrimary disabled={!canAct}>
            {t('tier.correct_save')}
          </ActionButton>
          <ActionButton isBasic onClick={onDone}>
            {t('cancel')}
          </ActionButton>
        </Row>
      </Stack>
    </form>
  );
}

/** To a tier other than the one that has the ticket. */
function leadsAway({ category, categories, tier, heldBy }: TierCard, chosen: string): boolean {
  if (chosen === category.id) return false;
  return categories.find(({ id }) => id === chosen)?.tierName !== (heldBy ?? tier).name;
}
