import { isAddressGone } from './is-address-gone.ts';

test.each([
  ['5.2.0', '550 5.2.0 Account deactivated'],
  [null, '550 Account expired'],
  [null, '550 Your recipient’s account has been closed'],
  [null, '550 This mailbox was deleted'],
  [null, '550 The user is no longer active'],
  [null, '550 Address unknown'],
  ['5.0.0', '550 Recipient unknown'],
  ['5.5.0', '554 5.5.0 No valid recipients'],
  ['5.1.1', '550 5.1.1 sorry, no mailbox here by that name. (#5.1.1) blocked'],
])('%s %s is for good', (status, said) => expect(isAddressGone(status, said)).toBe(true));

test.each([
  ['5.1.1', '550 5.1.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org'],
  ['5.1.1', '550 5.1.1 Your IP 192.0.2.7 is on our blocklist'],
  ['5.1.0', '550 5.1.0 Listed at bl.example.test (DNSBL)'],
  ['5.1.2', '550 5.1.2 unable to resolve domain name of sender'],
  ['5.1.2', '550 5.1.2 Domain of sender address support@northwind.test does not exist'],
  ['5.1.0', '550 5.1.0 Sender domain not found'],
  ['5.1.0', '550 5.1.0 Sender verify failed: address not found'],
  ['5.1.2', '550 5.1.2 Client host rejected: cannot find your hostname'],
  [null, 'delivery to the user ana: time limit of the queue expired'],
  [null, 'the recipient server closed the connection'],
])('%s %s may pass', (status, said) => expect(isAddressGone(status, said)).toBe(false));
