import { der, elementsOf, octets, oid, sequence, setOf, small, TAG } from './der.js';

const hex = (bytes: Buffer) => bytes.toString('hex');

it.each([
  ['1.2.840.113549.1.1.11', '06092a864886f70d01010b'],
  ['2.16.840.1.101.3.4.2.1', '0609608648016503040201'],
  ['1.2.840.113549.1.9.16.2.47', '060b2a864886f70d010910022f'],
])('writes the object identifier %s as every certificate has it', (dotted, wanted) => {
  expect(hex(oid(dotted))).toBe(wanted);
});

it.each([
  [0, '0400'],
  [127, '047f'],
  [128, '048180'],
  [255, '0481ff'],
  [256, '04820100'],
  [70_000, '0483011170'],
])('writes a length of %i in as few bytes as it takes', (length, wanted) => {
  expect(hex(octets(Buffer.alloc(length)).subarray(0, wanted.length / 2))).toBe(wanted);
});

it('orders a set by the bytes of its members', () => {
  expect(hex(setOf(small(2), small(1)))).toBe('3106020101020102');
});

it('reads back what it wrote, long lengths too', () => {
  const inner = [small(1), octets(Buffer.alloc(300, 7)), der(TAG.nothing)];
  const [outer] = elementsOf(sequence(...inner));
  expect(outer?.tag).toBe(TAG.sequence);
  expect(elementsOf(outer?.content ?? Buffer.alloc(0)).map(({ whole }) => hex(whole))).toEqual(
    inner.map(hex),
  );
});
