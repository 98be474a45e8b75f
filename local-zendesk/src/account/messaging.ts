// Which tickets are conversations of messaging?

/** Of the channels of messaging those that are tried here; developer.zendesk.com/documentation/ticketing/reference-guides/via-types/ has them all. */
const CHANNELS: ReadonlySet<string> = new Set([
  'native_messaging',
  'whatsapp',
  'instagram_dm',
  'sunshine_conversations_facebook_messenger',
]);

export const isMessaging = (channel: string): boolean => CHANNELS.has(channel);
