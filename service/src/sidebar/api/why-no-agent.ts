// Explains why a user is refused as an agent.
import type { NoAgentReason } from '../identity/agent-from-zendesk.ts';

export const WHY_NO_AGENT: Readonly<Record<NoAgentReason, string>> = {
  unknown: 'Your user no longer exists in Zendesk.',
  end_user: 'Your Zendesk account is a customer’s, not an agent’s. An admin can change your role in Zendesk.',
  suspended: 'Your Zendesk account is suspended. An admin can unsuspend it in Zendesk.',
};

export const ZENDESK_AWAY =
  'Zendesk does not answer, so Deskwright cannot check which tickets you may see. Try again in a moment.';
