// Names channels as people know them.
import { CHANNELS } from '@deskwright/shared/contract';
import type english from '../texts/en.json';
import type { DashboardTexts } from '../texts.ts';

const isKnown = (id: string): id is keyof typeof english.channels => CHANNELS.includes(id);

/** A channel that Zendesk does not document keeps its id. */
export const channelName = ({ t }: DashboardTexts, id: string): string => (isKnown(id) ? t(`channels.${id}`) : id);
