import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  handsOf,
  issuingOf,
  receiptAmountOf,
  receiptNumberOf,
  receiptStanding,
  receiptStateAfterRed,
  refuseWaiver,
  rightOf,
  rightOn,
} from './receipt.js';
import type { DatedRight, GiftToReceipt, Right } from './receipt.js';

const gift: GiftToReceipt = {
  nature: 'GIFT',
  state: 'RECEIVED',
  receiptState: 'DUE',
  amountFen: fen(50_000),
  refundedFen: fen(0),
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'done';
};

describe('what a receipt says', () => {
  it.each`
    change                        | amount    | because
    ${{}}                         | ${50_000} | ${'what came in'}
    ${{ receiptState: 'WAIVED' }} | ${50_000} | ${'a donor may change his mind'}
    ${{ refundedFen: 20_000 }}    | ${30_000} | ${'what went back was not kept'}
  `('$amount: $because', ({ change, amount }: { change: object; amount: number }) => {
    expect(receiptAmountOf({ ...gift, ...change })).toBe(amount);
  });

  it.each`
    change                                        | code                         | because
    ${{ nature: 'FEE', receiptState: 'NONE' }}    | ${'FEE_IS_NO_GIFT'}          | ${'D4-56: a fee is no gift'}
    ${{ state: 'PLEDGED' }}                       | ${'GIFT_MOVED_ON'}           | ${'nothing came in'}
    ${{ state: 'UNKNOWN', receiptState: 'NONE' }} | ${'GIFT_MOVED_ON'}           | ${'nobody knows whose it is'}
    ${{ receiptState: 'ISSUED' }}                 | ${'RECEIPT_ALREADY_ISSUED'}  | ${'one gift has one receipt'}
    ${{ receiptState: 'NONE' }}                   | ${'RECEIPT_NOT_DUE'}         | ${'goods before their valuation'}
    ${{ refundedFen: 50_000 }}                    | ${'NOTHING_LEFT_TO_RECEIPT'} | ${'all of it went back'}
  `('is refused with $code: $because', ({ change, code }: { change: object; code: string }) => {
    expect(codeOf(() => receiptAmountOf({ ...gift, ...change }))).toBe(code);
  });

  it.each`
    change                        | code
    ${{}}                         | ${'done'}
    ${{ receiptState: 'WAIVED' }} | ${'RECEIPT_NOT_DUE'}
    ${{ receiptState: 'ISSUED' }} | ${'RECEIPT_ALREADY_ISSUED'}
    ${{ nature: 'FEE' }}          | ${'FEE_IS_NO_GIFT'}
  `('a waiver of $change: $code', ({ change, code }: { change: object; code: string }) => {
    expect(
      codeOf(() => {
        refuseWaiver({ ...gift, ...change });
      }),
    ).toBe(code);
  });

  it('is due again after a red one for what was kept, and not where all went back', () => {
    expect(receiptStateAfterRed({ amountFen: fen(500), refundedFen: fen(200) })).toBe('DUE');
    expect(receiptStateAfterRed({ amountFen: fen(500), refundedFen: fen(500) })).toBe('NONE');
  });
});

it('numbers by year in six digits, and goes on above a million', () => {
  expect([receiptNumberOf(2026, 1), receiptNumberOf(2026, 1_234_567)]).toEqual(['2026000001', '20261234567']);
  expect(() => receiptNumberOf(2026, 0)).toThrow(RangeError);
});

it('stands, is reversed, or is the red one', () => {
  expect(receiptStanding({ kind: 'BLUE', isReversed: false })).toBe('VALID');
  expect(receiptStanding({ kind: 'BLUE', isReversed: true })).toBe('REVERSED');
  expect(receiptStanding({ kind: 'RED', isReversed: false })).toBe('RED');
});

const society = { id: 's', name: '柳溪村互助社' };
const federation = { id: 'f', name: '演示县慈善总会' };
const FISCAL = { mode: 'FISCAL', ticketCode: '34170026' } as const;
const UNDER = { mode: 'FEDERATION', ticketCode: null } as const;
const INTERNAL = { mode: 'INTERNAL', ticketCode: null } as const;

it.each`
  right       | above       | mode            | issuer | because
  ${null}     | ${FISCAL}   | ${'INTERNAL'}   | ${'s'} | ${'nothing was written down'}
  ${INTERNAL} | ${FISCAL}   | ${'INTERNAL'}   | ${'s'} | ${'it was taken away'}
  ${FISCAL}   | ${null}     | ${'FISCAL'}     | ${'s'} | ${'its own right needs nobody'}
  ${UNDER}    | ${FISCAL}   | ${'FEDERATION'} | ${'f'} | ${'the federation stands as 收款单位'}
  ${UNDER}    | ${INTERNAL} | ${'INTERNAL'}   | ${'s'} | ${'a federation without a right issues for nobody'}
  ${UNDER}    | ${null}     | ${'INTERNAL'}   | ${'s'} | ${'nothing was written down for the federation'}
`(
  '$mode of $issuer: $because',
  ({
    right,
    above,
    mode,
    issuer,
  }: Record<'mode' | 'issuer', string> & Record<'right' | 'above', Right | null>) => {
    const issuing = issuingOf(society, right, { federation, right: above });
    expect([issuing.mode, issuing.issuer.id]).toEqual([mode, issuer]);
    expect(issuing.ticketCode).toBe(mode === 'INTERNAL' ? null : '34170026');
  },
);

describe('a right', () => {
  const from = (validFrom: string, right: object) => ({ ...right, validFrom: day(validFrom) }) as DatedRight;

  it('is the last one written down for a day that has come', () => {
    const versions = [from('2026-01-01', FISCAL), from('2026-06-01', INTERNAL), from('2026-06-01', UNDER)];
    expect(rightOn(versions, day('2025-12-31'))).toBeNull();
    expect(rightOn(versions, day('2026-05-31'))?.mode).toBe('FISCAL');
    expect(rightOn(versions, day('2026-06-01'))?.mode).toBe('FEDERATION');
  });

  it.each`
    asked                                            | federation                      | code                        | because
    ${{ mode: 'FISCAL', ticketCode: '３４1700 26' }} | ${[]}                           | ${'done'}                   | ${'full-width digits and a space are read'}
    ${{ mode: 'FISCAL', ticketCode: null }}          | ${[]}                           | ${'TICKET_CODE_INVALID'}    | ${'a right of its own has a code'}
    ${{ mode: 'FISCAL', ticketCode: '34A' }}         | ${[]}                           | ${'TICKET_CODE_INVALID'}    | ${'digits only'}
    ${{ mode: 'FEDERATION' }}                        | ${[from('2026-03-01', FISCAL)]} | ${'done'}                   | ${'the federation has its own by then'}
    ${{ mode: 'FEDERATION' }}                        | ${[from('2026-03-02', FISCAL)]} | ${'FEDERATION_NEEDS_RIGHT'} | ${'the federation has it a day later'}
    ${{ mode: 'FEDERATION', isFederation: true }}    | ${[from('2026-03-01', FISCAL)]} | ${'FEDERATION_OF_ITSELF'}   | ${'nobody stands above it'}
    ${{ mode: 'INTERNAL', validFrom: '2026-02-28' }} | ${[]}                           | ${'RIGHT_BEFORE_LAST'}      | ${'what holds already is not rewritten'}
  `(
    '$asked: $code, $because',
    ({ asked, federation, code }: { asked: object; federation: DatedRight[]; code: string }) => {
      const before = [from('2026-03-01', INTERNAL)];
      const whole = {
        ticketCode: null,
        isFederation: false,
        validFrom: day('2026-03-01'),
        ...asked,
      };
      expect(codeOf(() => rightOf(whole as never, before, federation))).toBe(code);
    },
  );

  it('is kept as read', () => {
    const asked = { mode: 'FISCAL', ticketCode: ' ３４17 0026', validFrom: day('2026-03-01') } as const;
    expect(rightOf({ ...asked, isFederation: true }, [], [])).toEqual(from('2026-03-01', FISCAL));
  });
});

describe('复核人 and 收款人', () => {
  const hands = {
    issuerId: 'acc',
    receivedBy: null,
    method: 'BANK',
    accountants: ['acc'],
    cashiers: ['cash'],
  } as const;

  it.each`
    change                                                      | reviewer   | receiver  | because
    ${{ receivedBy: 'cash', method: 'CASH' }}                   | ${'acc'}   | ${'cash'} | ${'the cashier took it in'}
    ${{ receivedBy: 'gone' }}                                   | ${'acc'}   | ${'gone'} | ${'also one who has left the office since'}
    ${{ receivedBy: 'acc' }}                                    | ${'acc'}   | ${'cash'} | ${'what came by the bank lies in the account of the cashier'}
    ${{ receivedBy: 'acc', cashiers: [] }}                      | ${'acc'}   | ${'acc'}  | ${'there is nobody else'}
    ${{ receivedBy: 'acc', cashiers: ['acc'] }}                 | ${'acc'}   | ${'acc'}  | ${'the cashier is himself'}
    ${{ receivedBy: 'acc', method: 'CASH' }}                    | ${'acc'}   | ${'acc'}  | ${'the one accountant took the cash himself'}
    ${{ receivedBy: 'acc', issuerId: 'other', method: 'CASH' }} | ${'other'} | ${'acc'}  | ${'another accountant checks'}
    ${{ issuerId: null, receivedBy: null }}                     | ${null}    | ${null}   | ${'nobody of the register acted'}
  `(
    'are $reviewer and $receiver: $because',
    ({
      change,
      reviewer,
      receiver,
    }: Record<'change', object> & Record<'reviewer' | 'receiver', string | null>) => {
      const found = handsOf({ ...hands, ...change });
      expect([found.reviewerId, found.receiverId]).toEqual([reviewer, receiver]);
    },
  );

  it('are never one where another accountant could check cash', () => {
    const cash = { ...hands, receivedBy: 'acc', method: 'CASH', accountants: ['acc', 'other'] } as const;
    expect(codeOf(() => handsOf(cash))).toBe('RECEIVER_REVIEWS');
  });
});
