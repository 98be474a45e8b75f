// Chooses the time range, the comparison and the filters; the address keeps them.
import type { Named } from '@deskwright/shared/contract';
import { type FormEvent, useId, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Hidden, Row } from '../../base/ui/text.tsx';
import { FILTERS, isRange, RANGES } from '../data/address.ts';
import { useAddress } from '../data/use-address.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { channelName } from '../format/labels.ts';
import { texts } from '../texts.ts';

const control = `
  min-block-size: 28px;
  max-inline-size: 170px;
  padding: 2px 6px;
  font: inherit;
`;

const Select = styled.select`
  ${control}
  border: 1px solid ${color('border.emphasis')};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.default')};
  color: ${color('foreground.default')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; }
`;

const DateInput = styled.input`
  ${control}
  border: 1px solid ${color('border.emphasis')};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.default')};
  color: ${color('foreground.default')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
`;

const Check = styled.label`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  font-size: ${({ theme }) => theme.fontSizes.sm};
`;

const CHOICES = { tier: 'tiers', category: 'categories', channel: 'channels', group: 'groups' } as const;
const OWN_DAYS = 'days';

export function Filters() {
  const all = useTexts(texts);
  const { t } = all;
  const { address, filter } = useAddress();
  const { choices } = useDashboard();
  const { query } = address;
  const [choosing, setChoosing] = useState(false);
  const range = query.range ?? 'today';
  const isOwn = choosing || !RANGES.some((known) => known === range);

  /** Zendesk's ids of channels are no words. */
  const named = (name: (typeof FILTERS)[number]): readonly Named[] =>
    name === 'channel'
      ? choices.channels.map(({ id }) => ({ id, name: channelName(all, id) }))
      : choices[CHOICES[name]];

  function choose(wanted: string): void {
    setChoosing(wanted === OWN_DAYS);
    if (wanted !== OWN_DAYS) filter({ range: wanted });
  }

  return (
    <Row role="group" aria-label={t('filters')}>
      <Choice
        label={t('range.label')}
        value={isOwn ? OWN_DAYS : range}
        choices={[...RANGES.map((id) => ({ id, name: t(`range.${id}`) })), { id: OWN_DAYS, name: t('range.days') }]}
        onChange={choose}
      />
      {isOwn ? <OwnDays range={range} onChoose={(wanted) => filter({ range: wanted })} /> : null}
      {FILTERS.map((name) => (
        <Choice
          key={name}
          label={t(`filter.${name}`)}
          value={query[name] ?? ''}
          choices={[{ id: '', name: t(`filter.all_${name}`) }, ...known(named(name), query[name])]}
          onChange={(id) => filter({ [name]: id === '' ? undefined : id })}
        />
      ))}
      <Check>
        <input
          type="checkbox"
          checked={query.compare !== '0'}
          onChange={({ target }) => filter({ compare: target.checked ? undefined : '0' })}
        />
        {t('compare')}
      </Check>
    </Row>
  );
}

/** A filter for something that no longer exists is still named, so that it can be seen and taken away. */
function known(choices: readonly Named[], chosen: string | undefined): readonly Named[] {
  return chosen === undefined || choices.some(({ id }) => id === chosen)
    ? choices
    : [...choices, { id: chosen, name: chosen }];
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Named[];
  readonly onChange: (id: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <span>
      <Hidden as="label" htmlFor={id}>
        {label}
      </Hidden>
      <Select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </Select>
    </span>
  );
}

function OwnDays({ range, onChoose }: { readonly range: string; readonly onChoose: (range: string) => void }) {
  const { t } = useTexts(texts);
  const [first = '', last = ''] = range.includes('..') ? range.split('..') : [];
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const wanted = `${from}..${to}`;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isRange(wanted)) onChoose(wanted);
  }

  return (
    <Row as="form" onSubmit={submit}>
      <DateInput
        type="date"
        aria-label={t('range.from')}
        value={from}
        onChange={({ target }) => setFrom(target.value)}
      />
      <DateInput
        type="date"
        aria-label={t('range.to')}
        value={to}
        min={from}
        onChange={({ target }) => setTo(target.value)}
      />
      <ActionButton type="submit" disabled={!isRange(wanted)}>
        {t('range.apply')}
      </ActionButton>
    </Row>
  );
}
