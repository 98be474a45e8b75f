// Downloads what is seen as a CSV file.
import type { DashboardQuery } from '@deskwright/shared/contract';
import { useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { useAnnounce } from '../../base/ui/announcer.tsx';
import { searchOf } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { texts } from '../texts.ts';

interface CsvButtonProps {
  readonly section: 'overview' | 'trends' | 'goals' | 'queues' | 'rules' | 'team' | 'links' | 'tickets';
  /** What is asked for, in place of the page's range and filters. */
  readonly asked?: DashboardQuery;
  readonly more?: Readonly<Record<string, string>>;
}

/** Fetched and not linked, because the call needs the agent's token. */
export function CsvButton({ section, asked, more = {} }: CsvButtonProps) {
  const { t } = useTexts(texts);
  const { service } = usePage();
  const { query } = useAddress().address;
  const announce = useAnnounce();
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready');

  async function download(): Promise<void> {
    setState('loading');
    try {
      const search = searchOf(asked ?? query, { section, ...more });
      const response = await service.fetch(`/api/dashboard/export.csv${search}`, { headers: { accept: 'text/csv' } });
      if (!response.ok) throw new Error(`The service answered ${response.status}.`);
      save(await response.blob(), `deskwright-${section}-${query.range ?? 'today'}.csv`);
      setState('ready');
    } catch {
      setState('failed');
      announce(t('csv.failed'));
    }
  }

  return (
    <LinkButton disabled={state === 'loading'} onClick={() => void download()}>
      {t(state === 'failed' ? 'csv.failed' : 'csv.button')}
    </LinkButton>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
