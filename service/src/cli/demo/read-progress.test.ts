import { readMetrics } from './read-progress.ts';

test('reads what the demo shows from the Prometheus text', () => {
  const text = `
# HELP deskwright_open_tickets Open tickets
deskwright_open_tickets{decided="true"} 12
deskwright_open_tickets{decided="false"} 3
deskwright_outbox_effects{kind="ticket_change",state="done"} 7
deskwright_outbox_effects{kind="ticket_change",state="waiting"} 4
deskwright_outbox_effects{kind="ticket_change",state="in_flight"} 1
deskwright_inbox_events{state="dead_lettered"} 2
deskwright_views{state="repaired"} 3
deskwright_views{state="missing"} 1
deskwright_views{state="out_of_order"} 1
deskwright_import_done 1
deskwright_policy_valid 0
`;

  expect(readMetrics(text)).toEqual({
    imported: true,
    open: 15,
    decided: 12,
    writesWaiting: 5,
    failed: 2,
    viewsInOrder: 3,
    viewsWarnedOf: 1,
    views: 5,
    mailsSent: 0,
    answers: 0,
    policyRefused: true,
  });
});

test('returns null when the service could not read its database', () => {
  expect(readMetrics('# TYPE deskwright_import_done gauge\n\ndeskwright_policy_valid 1\n')).toBeNull();
});
