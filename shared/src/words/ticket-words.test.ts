import { CHANNELS, readChannel } from './ticket-words.ts';

describe('readChannel', () => {
  it.each([
    ['mail', 'email'],
    [4, 'email'],
    ['4', 'email'],
    ['email', 'email'],
    ['EMAIL', 'email'],
    ['web_form', 'web'],
    [0, 'web'],
    ['0', 'web'],
    ['web_widget', 'web'],
    ['web_service', 'api'],
    [5, 'api'],
    ['rule', 'rule'],
    [29, 'chat'],
    [33, 'voice'],
    ['phone_call_inbound', 'voice'],
    ['facebook_message', 'facebook'],
    ['helpcenter', 'help_center'],
    [57, 'sms'],
    [74, 'whatsapp'],
    [75, 'native_messaging'],
  ])('reads %j as %s', (written, channel) => {
    expect(readChannel(written)).toBe(channel);
  });

  it.each(['carrier_pigeon', '4711'])('keeps a word that Zendesk does not document: %s', (written) => {
    expect(readChannel(written)).toBe(written);
  });

  it.each([null, undefined, '', '  ', {}, [], true])('returns null for %j', (written) => {
    expect(readChannel(written)).toBeNull();
  });

  it('leaves a channel as it is', () => {
    for (const channel of CHANNELS) expect(readChannel(channel)).toBe(channel);
  });
});
