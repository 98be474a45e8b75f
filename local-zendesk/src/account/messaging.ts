// Lists the messaging channels and checks whether a channel is one.

/** The channels used here; developer.zendesk.com/documentation/ticketing/reference-guides/via-types/ has them all. */
export const MESSAGING_CHANNELS = [
  'native_messaging',
  'whatsapp',
  'instagram_dm',
  'sunshine_conversations_facebook_messenger',
] as const;

export const isMessaging = (channel: string): boolean => MESSAGING_CHANNELS.some((one) => one === channel);
