import { refusalOfVisitors } from './visitors.js';
import type { Ties } from './visitors.js';

const ties: Ties = new Map([['cousin', ['HOUSEHOLD', 'PHONE']]]);

it.each`
  visitors                   | code                      | because
  ${['one', 'two']}          | ${undefined}              | ${'two who are not tied'}
  ${[]}                      | ${'VISITORS_NOT_TWO'}     | ${'nobody went'}
  ${['one']}                 | ${'VISITORS_NOT_TWO'}     | ${'one alone'}
  ${['one', 'one']}          | ${'VISITORS_NOT_TWO'}     | ${'the same one twice'}
  ${['one', 'two', 'three']} | ${'VISITORS_NOT_TWO'}     | ${'the record names two'}
  ${['one', 'applicant']}    | ${'VISITOR_IS_APPLICANT'} | ${'nobody verifies himself'}
  ${['one', 'cousin']}       | ${'VISITOR_IS_KIN'}       | ${'kin do not verify'}
`('$visitors: $because', ({ visitors, code }: { visitors: string[]; code?: string }) => {
  expect(refusalOfVisitors(visitors, 'applicant', ties)?.code).toBe(code);
});

it('says the tie and no name', () => {
  expect(refusalOfVisitors(['one', 'cousin'], 'applicant', ties)?.message).toContain(
    '（同一户、留的是同一个电话）',
  );
});
