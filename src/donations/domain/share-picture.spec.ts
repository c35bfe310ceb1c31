import { fen } from '../../kernel/fen.js';
import { pictureWords } from './share-picture.js';

const shared = {
  households: 7,
  causes: [
    { words: '突发疾病', households: 5 },
    { words: '火灾', households: 2 },
  ],
  amountFen: fen(250_000),
  signature: '爱心人士',
};
const textOf = (...[of, shows]: Parameters<typeof pictureWords>) => JSON.stringify(pictureWords(of, shows));

it('says how many households were helped, and by what, and no amount', () => {
  expect(textOf(shared, false)).toContain('帮到了 7 户人家');
  expect(textOf(shared, false)).not.toContain('2,500');
  expect(pictureWords(shared, false).rows).toEqual([
    { words: '突发疾病', count: '5 户' },
    { words: '火灾', count: '2 户' },
  ]);
});

it('says the amount where the donor asked for it', () => {
  expect(pictureWords(shared, true).rows[0]).toEqual({ words: '捐款', count: '2,500 元' });
});

it('promises nothing while nobody was helped', () => {
  const text = textOf({ ...shared, households: 0, causes: [] }, false);
  expect(text).not.toContain('户人家');
  expect(text).toContain('就会用上');
});
