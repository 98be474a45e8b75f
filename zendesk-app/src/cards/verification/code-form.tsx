// Has a code mailed to the customer, and checks the one that they give.
import type { VerificationCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct, useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { ActionButton, LinkButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { checkCode, sendCode } from './actions.ts';
import { texts } from './texts.ts';

export function CodeForm({ code: { to, last } }: { readonly code: NonNullable<VerificationCard['code']> }) {
  const { t, format } = useTexts(texts);
  const { newId } = useSidebar();
  const canAct = useCanAct();
  const action = useAction();
  const [written, setWritten] = useState('');
  const works = last !== null && last.state !== 'failed';

  async function check(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await action.run(checkCode(written), t('done'));
    if (answer?.ok === true || answer?.refusal.kind === 'not_verified') setWritten('');
  }

  const send = () => void action.run(sendCode(newId()), t('sent', { to }));
  return (
    <Stack>
      <Subtle>{t('goes_to', { to })}</Subtle>
      {last === null ? null : (
        <Subtle>
          {t(`code.${last.state}`, { until: last.expiresAt === null ? '' : format.clock(last.expiresAt) })}
        </Subtle>
      )}
      {works ? (
        <form noValidate aria-label={t('by_code')} onSubmit={(event) => void check(event)}>
          <Stack>
            <Field>
              <Field.Label>{t('field')}</Field.Label>
              <Input
                isCompact
                name="code"
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                value={written}
                onChange={(event) => setWritten(event.target.value)}
              />
            </Field>
            <ActionButton type="submit" isPrimary disabled={!canAct || action.busy || written.trim() === ''}>
              {t('check')}
            </ActionButton>
          </Stack>
        </form>
      ) : null}
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
      {works ? (
        <LinkButton disabled={!canAct || action.busy} onClick={send}>
          {t('send_again')}
        </LinkButton>
      ) : (
        <ActionButton disabled={!canAct || action.busy} onClick={send}>
          {t('send')}
        </ActionButton>
      )}
    </Stack>
  );
}
