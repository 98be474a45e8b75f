import { CHANNELS, readChannel } from './channels.ts';

describe('the word for the way a ticket came in', () => {
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
  ])('for %j is %s', (written, channel) => {
    expect(readChannel(written)).toBe(channel);
  });

  it.each(['carrier_pigeon', '4711'])('is kept where Zendesk documents none: %s', (written) => {
    expect(readChannel(written)).toBe(written);
  });

  it.each([null, undefined, '', '  ', {}, [], true])('is none for %j', (written) => {
    expect(readChannel(written)).toBeNull();
  });

  it('stays what it is when read twice', () => {
    for (const channel of CHANNELS) expect(readChannel(channel)).toBe(channel);
  });
});
