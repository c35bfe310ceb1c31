import { noticeStands } from './notice-stands.js';

describe('what a notice says of a case', () => {
  it.each`
    kind            | state            | isPaid   | stands
    ${'GRANT_POST'} | ${'PAID'}        | ${true}  | ${true}
    ${'GRANT_POST'} | ${'CLOSED'}      | ${true}  | ${true}
    ${'GRANT_POST'} | ${'APPROVED'}    | ${false} | ${false}
    ${'GRANT_POST'} | ${'REVOKED'}     | ${true}  | ${false}
    ${'GRANT_POST'} | ${'RECOVERED'}   | ${true}  | ${false}
    ${'GRANT_POST'} | ${'WRITTEN_OFF'} | ${true}  | ${false}
    ${'REVOCATION'} | ${'REVOKED'}     | ${true}  | ${true}
    ${'REVOCATION'} | ${'WRITTEN_OFF'} | ${true}  | ${true}
    ${'REVOCATION'} | ${'PAID'}        | ${true}  | ${false}
    ${'REJECTION'}  | ${'REJECTED'}    | ${false} | ${true}
    ${'REJECTION'}  | ${'VOTING'}      | ${false} | ${false}
    ${'RESOLUTION'} | ${'PAID'}        | ${true}  | ${true}
  `('$kind of $state: $stands', ({ kind, state, isPaid, stands }: Row) => {
    expect(noticeStands(kind, { state, isPaid })).toBe(stands);
  });
  type Row = Parameters<typeof noticeStands>[1] & {
    readonly kind: Parameters<typeof noticeStands>[0];
    readonly stands: boolean;
  };
});
