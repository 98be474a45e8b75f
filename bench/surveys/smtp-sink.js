// Takes mails as a process of its own, counts them and whom they were for.
import { SMTPServer } from 'smtp-server';

let mails = 0;
/** @type {Map<string, number>} */
const byAddress = new Map();
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, callback) {
    stream.resume();
    stream.once('end', () => {
      mails += 1;
      for (const { address } of session.envelope.rcptTo) byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
      callback();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.server.address());
  process.send?.({ port });
});
process.on('message', () => {
  process.send?.({ mails, twice: [...byAddress.values()].filter((count) => count > 1).length });
});
