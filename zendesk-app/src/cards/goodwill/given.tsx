// Lists what was given on the ticket, with what the customer is told; who gave it can take it back on the same day.
import type { GivenGoodwill } from '@deskwright/shared/contract';
import { useRef } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { takeBackGoodwill } from './actions.ts';
import { texts } from './texts.ts';

export function Given({ given }: { readonly given: readonly GivenGoodwill[] }) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const list = useRef<HTMLDivElement>(null);

  async function takeBack(id: number, name: string): Promise<void> {
    const answer = await action.run(takeBackGoodwill(id), t('taken_back', { name }));
    // Its button, which has the focus, disappears.
    if (answer?.ok === true) list.current?.focus();
  }

  return (
    <Stack $gap={4} ref={list} tabIndex={-1}>
      {given.map(({ id, name, value, give, by, at, takenBackAt, mayTakeBack }) => {
        const said = t('given_by', { name, value: format.money(value), by, when: format.ago(at) });
        return (
          <div key={id}>
            {takenBackAt === null ? said : <s>{said}</s>}{' '}
            {takenBackAt === null ? null : (
              <Subtle as="span">{t('taken_back_when', { when: format.ago(takenBackAt) })}</Subtle>
            )}
            {mayTakeBack ? (
              <LinkButton
                disabled={!canAct}
                aria-label={t('take_back_this', { name })}
                onClick={() => void takeBack(id, name)}
              >
                {t('take_back')}
              </LinkButton>
            ) : null}
            {give === null ? null : <Subtle>{t('tell', { give })}</Subtle>}
          </div>
        );
      })}
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
    </Stack>
  );
}
