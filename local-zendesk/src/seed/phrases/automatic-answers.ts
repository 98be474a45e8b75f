// Lists what customers' mail programs answer by themselves.

export const AUTOMATIC_KINDS = ['out_of_office', 'acknowledgement', 'bounce', 'receipt'] as const;
export type AutomaticAnswer = (typeof AUTOMATIC_KINDS)[number];

/** With Zendesk's cause of suspension for such mails. */
export const AUTOMATIC_ANSWERS: Readonly<Record<AutomaticAnswer, { message: string; cause: number }>> = {
  out_of_office: {
    message:
      'Hello,\n\nI am out of the office until Monday with limited access to my e-mail. I will reply when I return.\n\nIn urgent cases please contact my colleague.',
    cause: 8,
  },
  acknowledgement: {
    message:
      'Thank you for contacting us. We have received your request and will get back to you within 2 business days.\nPlease do not reply to this e-mail.',
    cause: 3,
  },
  bounce: {
    message:
      'Delivery has failed to these recipients or groups:\n\nThe e-mail address could not be found.\n550 5.1.1 User unknown',
    cause: 7,
  },
  receipt: {
    message: 'Your message\n\n   Subject: Your request\n\nwas read on Monday, 4 May, 10:20.',
    cause: 3,
  },
};
