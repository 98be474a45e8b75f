// Builds the address at which the dashboard opens inside Zendesk.

/** An app in the bar on the left has its name, as the manifest has it, in small letters (`routeTo` of the Apps framework). `zendesk`: the account's address. */
export const dashboardUrl = (zendesk: string): string => `${zendesk}/agent/apps/deskwright`;
