import { aTicketRow } from '../../../testing/builders.ts';
import { departmentCards } from './department-cards.ts';
import { aCardPolicy, anAgent } from './testing/card-fixture.ts';

const inForce = aCardPolicy(`
departments:
  - id: warehouse
    name: Warehouse
    group: Warehouse
    handles: Parcels
    hours: { weekdays: { mon-fri: "06:00-08:00" }, holidays: [2026-11-25] }
    contact: Ana, extension 214
    on_call: Duty phone
    answers_within: 8bh
    fields: [{ id: parcel, label: Which parcel?, hint: The number on the label }]
  - { id: finance, name: Finance, group: Finance, contact: Bo }
`);
const at = (now: string) =>
  departmentCards({ ticket: aTicketRow(), inForce, directory: null, agent: anAgent(), now: Date.parse(now) }, null);

describe('other departments', () => {
  it('are open by their own hours, with the contact and the form fields', () => {
    expect(at('2026-11-24T07:30:00-05:00')[0]).toEqual({
      id: 'warehouse',
      name: 'Warehouse',
      missingGroup: null,
      closedGroup: null,
      hasTicket: false,
      handles: 'Parcels',
      fields: [{ id: 'parcel', label: 'Which parcel?', hint: 'The number on the label', required: true }],
      open: true,
      opensAt: null,
      timeZone: 'America/New_York',
      contact: 'Ana, extension 214',
      answersWithin: '8bh',
    });
  });

  it('say when they open next and who is on call until then', () => {
    expect(at('2026-11-24T08:00:00-05:00')[0]).toMatchObject({
      open: false,
      // Wednesday is a holiday.
      opensAt: '2026-11-26T11:00:00.000Z',
      contact: 'Duty phone',
    });
  });

  it('default to the business hours and the usual fields, without anyone on call', () => {
    expect(at('2026-11-24T08:00:00-05:00')[1]).toMatchObject({
      open: false,
      opensAt: '2026-11-24T14:00:00.000Z',
      contact: null,
      handles: null,
      answersWithin: null,
    });
    expect(at('2026-11-24T09:00:00-05:00')[1]).toMatchObject({ open: true, contact: 'Bo' });
    expect(at('2026-11-24T09:00:00-05:00')[1]?.fields).toHaveLength(3);
  });
});
