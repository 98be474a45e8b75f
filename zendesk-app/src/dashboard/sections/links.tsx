// Lets admins make and revoke read-only links: for screens on the wall, and to the company page about surveys.
import type { WallLink, WallLinks } from '@deskwright/shared/contract';
import { type FormEvent, useId, useState } from 'react';
import styled, { css } from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { describeRefusal } from '../../base/service/service-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Row } from '../../base/ui/text.tsx';
import { usePage } from '../data/page-context.tsx';
import { Answered } from '../parts/answered.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { FigureTable, Scrolls, Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Rows, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';

const PATH = '/api/dashboard/links';

const field = css`
  min-block-size: 32px;
  padding: 4px 8px;
  border: 1px solid ${color('border.emphasis')};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.default')};
  color: ${color('foreground.default')};
  font: inherit;
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; }
`;

const Input = styled.input`
  ${field}
  inline-size: min(320px, 100%);
`;

const Select = styled.select`
  ${field}
`;

const Address = styled.code`
  display: block;
  user-select: all;
  overflow-wrap: anywhere;
`;

export function LinksSection() {
  const { t } = useTexts(texts);
  return (
    <>
      <SectionHead title={t('section.links')}>
        <CsvButton section="links" />
      </SectionHead>
      <Answered<WallLinks> path={PATH}>
        {({ links }, reload) => (
          <Rows>
            <MakeLink onMade={reload} />
            <Panel title={t('links.title')}>
              {links.length === 0 ? (
                <Nothing>{t('links.nothing')}</Nothing>
              ) : (
                <Links links={links} onRevoked={reload} />
              )}
            </Panel>
          </Rows>
        )}
      </Answered>
    </>
  );
}

function MakeLink({ onMade }: { readonly onMade: () => void }) {
  const all = useTexts(texts);
  const { t } = all;
  const { service } = usePage();
  const id = useId();
  const [name, setName] = useState('');
  const [shows, setShows] = useState<NonNullable<WallLink['shows']>>('dashboard');
  const [made, setMade] = useState<WallLink | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [sending, setSending] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSending(true);
    setRefusal(null);
    setMade(null);
    const answer = await service.call<WallLink>('POST', PATH, { name: name.trim(), shows });
    setSending(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    setMade(answer.value);
    setName('');
    onMade();
  }

  return (
    <Panel title={t('links.make')}>
      <p>{t(shows === 'company' ? 'links.explain_company' : 'links.explain')}</p>
      <Row as="form" onSubmit={(event) => void submit(event)}>
        <label htmlFor={id}>{t('links.name')}</label>
        <Input
          id={id}
          value={name}
          maxLength={100}
          required
          placeholder={t('links.example')}
          onChange={({ target }) => setName(target.value)}
        />
        <label htmlFor={`${id}-shows`}>{t('links.what')}</label>
        <Select
          id={`${id}-shows`}
          value={shows}
          onChange={({ target }) => setShows(target.value === 'company' ? 'company' : 'dashboard')}
        >
          {(['dashboard', 'company'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`links.${one}`)}
            </option>
          ))}
        </Select>
        <ActionButton type="submit" disabled={sending || name.trim() === ''}>
          {t('links.make')}
        </ActionButton>
      </Row>
      {refusal === null ? null : (
        <Note kind="danger" live>
          {refusal.kind === 'conflict' ? t('links.limit') : describeRefusal(all, refusal)}
        </Note>
      )}
      {made?.url === undefined ? null : (
        <Note kind="success" live>
          <p>{t('links.made', { name: made.name })}</p>
          <Address>{made.url}</Address>
        </Note>
      )}
    </Panel>
  );
}

function Links({ links, onRevoked }: { readonly links: readonly WallLink[]; readonly onRevoked: () => void }) {
  const { t, format } = useTexts(texts);
  return (
    <Scrolls>
      <FigureTable>
        <thead>
          <tr>
            {(['name', 'what', 'created', 'used', 'revoke'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`links.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.id}>
              <th scope="row">{link.name}</th>
              <td>{t(`links.${link.shows ?? 'dashboard'}`)}</td>
              <td>
                {format.date(link.createdAt)} <Small as="span">{link.createdBy}</Small>
              </td>
              <td>{link.lastUsedAt === null ? t('links.never') : format.ago(link.lastUsedAt)}</td>
              <td>
                <Revoke link={link} onRevoked={onRevoked} />
              </td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Scrolls>
  );
}

/** Asks once more, because the screens go dark at once and the same link cannot be made again. */
function Revoke({ link, onRevoked }: { readonly link: WallLink; readonly onRevoked: () => void }) {
  const all = useTexts(texts);
  const { t } = all;
  const { service } = usePage();
  const announce = useAnnounce();
  const [state, setState] = useState<'ready' | 'asking' | 'sending'>('ready');
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function revoke(): Promise<void> {
    setState('sending');
    const answer = await service.call('DELETE', `${PATH}/${link.id}`);
    setState('ready');
    // Another admin may have revoked it first.
    if (!answer.ok && answer.refusal.kind !== 'not_found') return setRefusal(answer.refusal);
    announce(t('links.revoked', { name: link.name }));
    onRevoked();
  }

  if (state === 'ready') {
    return (
      <>
        <ActionButton aria-label={t('links.revoke_named', { name: link.name })} onClick={() => setState('asking')}>
          {t('links.revoke')}
        </ActionButton>
        {refusal === null ? null : (
          <Note kind="danger" live>
            {describeRefusal(all, refusal)}
          </Note>
        )}
      </>
    );
  }
  return (
    <Row role="group" aria-label={t('links.sure', { name: link.name })}>
      <span>{t('links.sure', { name: link.name })}</span>
      {/* What was pressed is gone, so the focus goes to what it opened. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <ActionButton autoFocus isDanger disabled={state === 'sending'} onClick={() => void revoke()}>
        {t('links.revoke')}
      </ActionButton>
      <ActionButton onClick={() => setState('ready')}>{t('cancel')}</ActionButton>
    </Row>
  );
}
