// Defines the placeholders of guidance and what replaces a missing value.
import { withoutPlaceholders } from '../../decide/without-placeholders.ts';

/** The values for one ticket; null where Zendesk has none. */
export interface GuidanceValues {
  /** Null: the ticket is not saved yet. */
  readonly ticketId: number | null;
  readonly subject: string | null;
  readonly requesterName: string | null;
  /** The agent who views the ticket. */
  readonly agentName: string | null;
  /** As in the policy. */
  readonly company: string;
}

interface Placeholder {
  /** Undefined: missing. */
  readonly value: (values: GuidanceValues) => string | undefined;
  /** Replaces a missing value, so that the sentence around it still reads well. */
  readonly otherwise: (values: GuidanceValues) => string;
}

const ourTeam = ({ company }: GuidanceValues) => `the ${company} team`;

/** Zendesk's own names: https://support.zendesk.com/hc/en-us/articles/4408886858138 */
const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  'ticket.id': { value: ({ ticketId }) => ticketId?.toString(), otherwise: () => '(not saved yet)' },
  'ticket.title': { value: ({ subject }) => written(subject), otherwise: () => 'your request' },
  'ticket.requester.name': { value: ({ requesterName }) => asName(requesterName), otherwise: () => 'there' },
  'ticket.requester.first_name': {
    value: ({ requesterName }) => firstWord(asName(requesterName)),
    otherwise: () => 'there',
  },
  'ticket.account': { value: ({ company }) => company, otherwise: ({ company }) => company },
  'current_user.name': { value: ({ agentName }) => asName(agentName), otherwise: ourTeam },
  'current_user.first_name': { value: ({ agentName }) => firstWord(asName(agentName)), otherwise: ourTeam },
};

/** In the order of the guide. */
export const PLACEHOLDER_NAMES: readonly string[] = Object.keys(PLACEHOLDERS);

/** Every placeholder's text by its name; none is empty. */
export function placeholderTexts(values: GuidanceValues): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(PLACEHOLDERS).map(([name, { value, otherwise }]) => [
      name,
      withoutPlaceholders(value(values) ?? otherwise(values)),
    ]),
  );
}

function written(text: string | null): string | undefined {
  return text?.trim() || undefined;
}

/** Zendesk gives users without a name their address as a name, and no customer should be greeted as "robin@example.com". */
function asName(name: string | null): string | undefined {
  const text = written(name);
  return text?.includes('@') ? undefined : text;
}

function firstWord(name: string | undefined): string | undefined {
  return name?.split(/\s+/)[0];
}
