import { noticeStands } from './notice-stands.js';

describe('what a notice says of relief', () => {
  it.each`
    kind               | state               | isPaid   | stands
    ${'RELIEF_PRE'}    | ${'PRE_NOTICE'}     | ${false} | ${true}
    ${'RELIEF_PRE'}    | ${'OBJECTION_HOLD'} | ${false} | ${true}
    ${'RELIEF_PRE'}    | ${'CLOSED'}         | ${true}  | ${true}
    ${'RELIEF_PRE'}    | ${'REVIEWED'}       | ${false} | ${false}
    ${'RELIEF_PRE'}    | ${'PANEL'}          | ${false} | ${false}
    ${'RELIEF_PRE'}    | ${'WITHDRAWN'}      | ${false} | ${false}
    ${'RELIEF_RESULT'} | ${'PAID'}           | ${true}  | ${true}
    ${'RELIEF_RESULT'} | ${'APPROVED'}       | ${false} | ${false}
    ${'REJECTION'}     | ${'REJECTED'}       | ${false} | ${true}
    ${'REJECTION'}     | ${'SUBMITTED'}      | ${false} | ${false}
    ${'CORRECTION'}    | ${'REVIEWED'}       | ${false} | ${true}
  `('$kind of $state: $stands', ({ kind, state, isPaid, stands }: Row) => {
    expect(noticeStands(kind, { state, isPaid })).toBe(stands);
  });
  type Row = Parameters<typeof noticeStands>[1] & {
    readonly kind: Parameters<typeof noticeStands>[0];
    readonly stands: boolean;
  };
});
