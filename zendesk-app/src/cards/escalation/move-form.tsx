// The form for moving a ticket to a tier or department.
import type { EscalationCard } from '@deskwright/shared/contract';
import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { AskedQuestion } from '../../base/ui/question.tsx';
import { Row, Stack, SubTitle } from '../../base/ui/text.tsx';
import { escalate } from './actions.ts';
import { Criteria } from './criteria.tsx';
import { MoveField } from './move-field.tsx';
import { AskedAlready } from './move-history.tsx';
import type { MoveTarget } from './move-target.ts';
import { texts } from './texts.ts';

const Form = styled.form`
  padding: 12px;
  border: 1px solid ${color('border.default')};
  border-radius: ${({ theme }) => theme.borderRadii.md};
`;

interface MoveFormProps extends Pick<EscalationCard, 'asked' | 'criteria'> {
  readonly target: MoveTarget;
  /** Changes when the agent asks for the form again; it then takes the focus. */
  readonly opened: number;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

/** Keeps the typed text until the ticket has moved: through refusals, closing the form, and reloads of the card. */
export function MoveForm({ target, opened, asked, criteria, onClose, onMoved }: MoveFormProps) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { draft, write, discard } = useDraft(`${target.to.kind}:${target.to.id}`);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [confirming, setConfirming] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => focusFirst(form.current), [opened]);
  // After the messages are rendered, so that a screen reader reads field and message.
  useLayoutEffect(() => {
    if (missing.length === 0) return;
    form.current?.querySelector<HTMLElement>('textarea[aria-invalid="true"]')?.focus();
  }, [missing]);

  function review(event: FormEvent): void {
    event.preventDefault();
    const empty = target.fields.filter(({ id, required }) => required && (draft.fields[id] ?? '').trim() === '');
    setMissing(empty.map(({ id }) => id));
    action.clear();
    setConfirming(empty.length === 0);
  }

  function closeOnEscape({ key, nativeEvent }: KeyboardEvent): void {
    // During text composition (Japanese, accents) Escape cancels the composition. While sending, the form stays open.
    if (key === 'Escape' && !nativeEvent.isComposing && !action.busy) onClose();
  }

  async function move(): Promise<void> {
    const answer = await action.run(escalate({ to: target.to, ...draft }), null);
    if (answer === null) return;
    if (answer.ok) {
      discard();
      onMoved();
      return;
    }
    if (answer.refusal.fields.length === 0) return; // The agent can send the same text again.
    setConfirming(false);
    setMissing(answer.refusal.fields);
  }

  return (
    <Form ref={form} noValidate onSubmit={review} onKeyDown={closeOnEscape} aria-label={moveTitle(t, target)}>
      <Stack>
        <SubTitle>{moveTitle(t, target)}</SubTitle>
        {target.how === 'up' ? <Criteria criteria={criteria} /> : null}
        <AskedAlready asked={asked} />
        {target.fields.map((field) => (
          <MoveField
            key={field.id}
            field={field}
            value={draft.fields[field.id] ?? ''}
            missing={missing.includes(field.id)}
            readOnly={confirming}
            onChange={(value) => {
              write(field.id, value);
              setMissing((before) => before.filter((id) => id !== field.id));
            }}
          />
        ))}
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        {confirming ? (
          <AskedQuestion
            question={t('confirm', { to: target.name })}
            confirm={t(action.busy ? 'moving' : 'move')}
            back={t('edit')}
            disabled={!canAct}
            onConfirm={() => void move()}
            onBack={() => {
              setConfirming(false);
              focusFirst(form.current);
            }}
          />
        ) : (
          <Row>
            <ActionButton type="submit" isPrimary disabled={!canAct}>
              {t('continue')}
            </ActionButton>
            <ActionButton isBasic onClick={onClose}>
              {t('cancel')}
            </ActionButton>
          </Row>
        )}
      </Stack>
    </Form>
  );
}

/** The submit button, if the policy asks for no fields. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('textarea, [type="submit"]')?.focus();
}

function moveTitle(t: TextsOf<typeof texts>['t'], { how, name }: MoveTarget): string {
  switch (how) {
    case 'up':
      return t('up', { tier: name });
    case 'back':
      return t('back', { tier: name });
    case 'hand_off':
      return t('departments.hand_off', { department: name });
  }
}
