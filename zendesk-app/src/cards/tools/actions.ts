// The tools' calls to the service: look something up, preview the request, and send it.
import type { AskTool, RunTool, ToolAnswer } from '@deskwright/shared/contract';
import type { Answer } from '../../base/service/refusal.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';
import type { TicketAction } from '../../base/ticket/ticket-store.ts';

const address = (ticketId: number, toolId: string) => `/api/tickets/${ticketId}/tools/${toolId}`;

export function showBeside(service: ServiceClient, ticketId: number, toolId: string): Promise<Answer<ToolAnswer>> {
  return service.call('GET', address(ticketId, toolId));
}

export function askTool(
  service: ServiceClient,
  ticketId: number,
  toolId: string,
  body: AskTool,
): Promise<Answer<ToolAnswer>> {
  return service.call('POST', `${address(ticketId, toolId)}/ask`, body);
}

export function runTool(toolId: string, body: RunTool): TicketAction {
  return { method: 'POST', path: `tools/${toolId}/runs`, body };
}
