import { RecusalOfNoDirector } from '../../cases/domain/case.errors.js';
import { panelRecusals, tieRefusal } from './ties.js';
import type { ReliefTie } from './ties.js';

const tied: ReliefTie[] = [
  { personId: 'son', reasons: ['LINEAL', 'PHONE'] },
  { personId: 'nobody', reasons: [] },
];

it.each`
  who           | words           | because
  ${'stranger'} | ${null}         | ${'nothing ties them'}
  ${'nobody'}   | ${null}         | ${'the register was asked, and knows nothing'}
  ${null}       | ${null}         | ${'a program is nobody’s kin'}
  ${'self'}     | ${'（本人）'}   | ${'it is the applicant'}
  ${'son'}      | ${/直系.*电话/} | ${'the register says why'}
`('$who: $because', ({ who, words }: { who: string | null; words: string | RegExp | null }) => {
  const refusal = tieRefusal(who, 'self', tied);
  if (words === null) expect(refusal).toBeNull();
  else {
    expect(refusal?.code).toBe('RELIEF_TIED');
    expect(refusal?.message).toEqual(
      typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
    );
  }
});

const directors = ['self', 'son', 'friend', 'stranger', 'nobody'].map((personId) => ({
  personId,
  name: personId,
}));

it('stands aside whom the register ties, with its reason, and whom the secretary names besides', () => {
  const declared = [
    { personId: 'friend', reason: 'OTHER' },
    { personId: 'son', reason: 'OTHER' },
  ] as const;
  expect(panelRecusals(directors, 'self', tied, declared)).toEqual([
    { personId: 'self', reason: 'SELF' },
    { personId: 'son', reason: 'LINEAL' },
    { personId: 'friend', reason: 'OTHER' },
  ]);
});

it('refuses somebody who is no director: nobody may believe that a recusal was written down', () => {
  const declared = [{ personId: 'outsider', reason: 'OTHER' }] as const;
  expect(() => panelRecusals(directors, 'else', tied, declared)).toThrow(RecusalOfNoDirector);
});

it('leaves everybody in where nothing ties anybody', () => {
  expect(panelRecusals(directors, 'else', [], [])).toEqual([]);
});
