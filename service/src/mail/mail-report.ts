// What a mail that came back says, as `readMailReport` reads it.

/** What only those who saw the survey mail can name. */
export interface Named {
  messageId: string | null;
  /** Of the survey mail's link to unsubscribe. */
  token: string | null;
  /** Another mail may have come back, which answers or quotes the named one: the addresses must show whether it went to the same person. */
  isMention: boolean;
}

export type MailReport =
  /** `permanent`: the address does not exist or takes no mail any more. Otherwise it was this mail, this day or this sender. */
  | (Named & {
      kind: 'bounce';
      addresses: readonly string[];
      permanent: boolean;
      status: string | null;
    })
  /** The person marked the mail as unwanted. `addresses` is empty where the provider does not tell. */
  | (Named & { kind: 'complaint'; addresses: readonly string[] })
  /** `token`: of the survey mail's link. */
  | { kind: 'unsubscribe'; token: string }
  /** An automatic reply, a receipt, a delay, a person's mail: nothing follows. */
  | { kind: 'other' };
