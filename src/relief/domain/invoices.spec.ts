import { fen } from '../../kernel/fen.js';
import { checkInvoices, isInvoiceNumber, readInvoiceLines, tidyInvoiceNumber, totalOf } from './invoices.js';
import { InvoiceTwice, NoInvoices } from './relief.errors.js';

it.each`
  typed                   | tidy            | because
  ${'inv0000012'}         | ${'INV0000012'} | ${'upper case'}
  ${' 1234 5678-90 '}     | ${'1234567890'} | ${'without blanks and dashes'}
  ${'ＩＮＶ１２３４５６'} | ${'INV123456'}  | ${'full-width is the same'}
`('$typed is $tidy: $because', ({ typed, tidy }: { typed: string; tidy: string }) => {
  expect(tidyInvoiceNumber(typed)).toBe(tidy);
});

it.each`
  number            | holds    | because
  ${'12345'}        | ${false} | ${'five are too few'}
  ${'123456'}       | ${true}  | ${'six'}
  ${'1'.repeat(30)} | ${true}  | ${'thirty'}
  ${'1'.repeat(31)} | ${false} | ${'thirty-one are too many'}
  ${'发票123456'}   | ${false} | ${'letters and digits only'}
  ${'abc123'}       | ${false} | ${'it is tidied before'}
`('$number is a number: $holds, $because', ({ number, holds }: { number: string; holds: boolean }) => {
  expect(isInvoiceNumber(number)).toBe(holds);
});

it.each`
  text                                       | invoices                                      | faultIn | because
  ${'12345678 99540.00'}                     | ${[['12345678', 9_954_000]]}                  | ${null} | ${'one line'}
  ${'\n12345678 1\r\n\n87654321，2,000.5\n'} | ${[['12345678', 100], ['87654321', 200_050]]} | ${null} | ${'empty lines are none, and a Chinese comma parts too'}
  ${'１２３４５６７８　１００'}              | ${[['12345678', 10_000]]}                     | ${null} | ${'full-width, as a phone types'}
  ${''}                                      | ${[]}                                         | ${null} | ${'nothing is nothing'}
  ${'12345678 1\nabc 2'}                     | ${[['12345678', 100]]}                        | ${2}    | ${'no number'}
  ${'12345678'}                              | ${[]}                                         | ${1}    | ${'no amount'}
  ${'12345678 0'}                            | ${[]}                                         | ${1}    | ${'nothing is claimed by it'}
  ${'12345678 1.005'}                        | ${[]}                                         | ${1}    | ${'half a fen'}
  ${'12345678 一千'}                         | ${[]}                                         | ${1}    | ${'no figure'}
  ${'12345678 1 2'}                          | ${[]}                                         | ${1}    | ${'two amounts'}
`(
  'reads $text: $because',
  ({ text, invoices, faultIn }: { text: string; invoices: [string, number][]; faultIn: number | null }) => {
    const read = readInvoiceLines(text);
    expect(read.invoices.map(({ number, amountFen }) => [number, amountFen])).toEqual(invoices);
    expect(read.faultIn).toBe(faultIn);
  },
);

const one = { number: 'A0000001', amountFen: fen(5) };
const two = { number: 'A0000002', amountFen: fen(7) };

it('wants at least one, and none twice', () => {
  expect(() => {
    checkInvoices([]);
  }).toThrow(NoInvoices);
  expect(() => {
    checkInvoices([one, two, { ...one, amountFen: fen(9) }]);
  }).toThrow(new InvoiceTwice(3));
  expect(() => {
    checkInvoices([one, two]);
  }).not.toThrow();
});

it('adds them up', () => {
  expect(totalOf([one, two])).toBe(12);
  expect(totalOf([])).toBe(0);
});
