// What a mail that came back says, as `readMailReport` reads it.

/** What only those who saw the survey mail can name. */
export interface Named {
  messageId: string | null;
  /** Of the survey mail's link to unsubscribe. */
  token: string | null;
  /** Another mail may have come back, which answers or quotes the named one: the addresses must show whether it went to the same person. */
  isMention: boolean;
}

/** What is told of one recipient. */
export interface Failure {
  /** As the mail was sent and as it was delivered on; empty: none is told. */
  addresses: readonly string[];
  /** The address does not exist or takes no mail any more. Otherwise it was this mail, this day or this sender. */
  permanent: boolean;
  status: string | null;
}

export type MailReport =
  /** `addresses`, `permanent` and `status`: of all failures together, of which the first that is permanent decides. */
  | (Named & Failure & { kind: 'bounce'; failures: readonly Failure[] })
  /** The person marked the mail as unwanted. `addresses` is empty where the provider does not tell. */
  | (Named & { kind: 'complaint'; addresses: readonly string[] })
  /** `token`: of the survey mail's link. */
  | { kind: 'unsubscribe'; token: string }
  /** An automatic reply, a receipt, a delay, a person's mail: nothing follows. */
  | { kind: 'other' };
