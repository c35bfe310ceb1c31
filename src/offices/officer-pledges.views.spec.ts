import { day } from '../kernel/day.js';
import type { Role } from '../kernel/actor.js';
import { mayReadFile } from '../audit/index.js';
import { officerPledgeView } from './officer-pledges.views.js';

const SIGNED: Parameters<typeof officerPledgeView>[0] = {
  ...{ id: 't', office: 'DIRECTOR', person: { name: '示例理事' }, dueOn: day('2026-01-31') },
  pledge: {
    ...{ termId: 't', textVersion: '2026-1', how: 'PAPER', fileId: 'f' },
    at: new Date('2026-01-05T02:00:00.000Z'),
  },
};

it.each<[Role, boolean]>([
  ['secretary', true],
  ['supervisor', true],
  ['director', false],
])('shows the photo to %s only where it opens: %s', (role, opens) => {
  expect(mayReadFile('pledge', [role])).toBe(opens);
  const view = officerPledgeView(SIGNED, { isOwn: true, recordsOthers: false, roles: [role] }, {}, {});
  expect(JSON.stringify(view.facts).includes('/s/files/f')).toBe(opens);
  expect(JSON.stringify(view.facts)).toContain('2026-1');
});
