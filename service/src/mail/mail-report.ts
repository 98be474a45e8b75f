// What a mail that came back says, as `readMailReport` reads it.

/** What only those who saw the survey mail can name. */
export interface Named {
  messageId: string | null;
  /** Of the survey mail's link to unsubscribe. */
  token: string | null;
}

export type MailReport =
  /** `permanent`: the address does not exist or takes no mail any more. Otherwise it was this mail, this day or this sender. */
  | (Named & {
      kind: 'bounce';
      addresses: readonly string[];
      permanent: boolean;
      status: string | null;
      /** It has no machine-readable part, and its `messageId` only as the mail that it answers, as automatic replies have. */
      isReply: boolean;
    })
  /** The person marked the mail as unwanted. `addresses` is empty where the provider does not tell. */
  | (Named & { kind: 'complaint'; addresses: readonly string[] })
  /** `token`: of the survey mail's link. */
  | { kind: 'unsubscribe'; token: string }
  /** An automatic reply, a receipt, a delay, a person's mail: nothing follows. */
  | { kind: 'other' };
