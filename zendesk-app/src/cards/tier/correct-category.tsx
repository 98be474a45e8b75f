// Lets the agent correct the category.
import type { TierCard } from '@deskwright/shared/contract';
import { Field, Select } from '@zendeskgarden/react-forms';
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Row, Stack } from '../../base/ui/text.tsx';
import { correctCategory } from './actions.ts';
import { texts } from './texts.ts';

interface CorrectCategoryProps {
  readonly tier: TierCard;
  /** The agent or department that keeps the ticket. Null: it moves to the tier of the new category. */
  readonly staysWith: string | null;
  readonly onDone: () => void;
}

export function CorrectCategory({ tier, staysWith, onDone }: CorrectCategoryProps) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  // The category when the agent opened the form or chose last; if it has changed since, the service reports a conflict.
  // Null after a conflict: the agent sees the current category.
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
    const answer = await action.run(correctCategory({ from, category: chosen }), t('correct_done', { category: name }));
    if (answer?.ok === true) return onDone();
    if (answer?.refusal.kind !== 'conflict') return;
    setSeen(null);
    setChoice(null);
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack>
        <Field>
          <Field.Label>{t('correct_label')}</Field.Label>
          <Select ref={select} isCompact value={chosen} onChange={(event) => choose(event.target.value)}>
            {tier.categories.map(({ id, name, tierName }) => (
              <option key={id} value={id}>{`${name} · ${tierName}`}</option>
            ))}
          </Select>
        </Field>
        <Consequence tier={tier} chosen={chosen} staysWith={staysWith} />
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        <Row>
          <ActionButton type="submit" isPrimary disabled={!canAct}>
            {t('correct_save')}
          </ActionButton>
          <ActionButton isBasic onClick={onDone}>
            {t('cancel')}
          </ActionButton>
        </Row>
      </Stack>
    </form>
  );
}

interface ConsequenceProps extends Pick<CorrectCategoryProps, 'tier' | 'staysWith'> {
  readonly chosen: string;
}

/** Says before it happens where the ticket goes, if the category belongs to another tier. */
function Consequence({ tier, chosen, staysWith }: ConsequenceProps) {
  const { t } = useTexts(texts);
  if (staysWith !== null) {
    return movesTicket(tier, chosen) ? (
      <Note kind="info" live>
        {t('stays', { who: staysWith })}
      </Note>
    ) : null;
  }
  const movesTo = chosen === tier.category.id ? undefined : tier.movesTo?.[chosen];
  return movesTo === undefined ? null : (
    <Note kind="info" live>
      {t('moves', { tier: movesTo })}
    </Note>
  );
}

/** Whether the category belongs to another tier than the one that has the ticket. */
function movesTicket({ category, categories, tier, heldBy }: TierCard, chosen: string): boolean {
  if (chosen === category.id) return false;
  return categories.find(({ id }) => id === chosen)?.tierName !== (heldBy ?? tier).name;
}
