import { foldedOf, placeIn, placesOf, unparted } from './folded-text.js';

it.each([
  ['公示2026', '公示2026', 'plain words stay'],
  ['１３８', '138', 'full width'],
  ['①②⑩', '1210', 'circled'],
  ['٠١٢٩', '0129', 'Arabic'],
  ['०९', '09', 'Devanagari'],
  ['1️⃣3️⃣', '13', 'under a key'],
  ['1\u200b3\u00ad8', '138', 'with what nobody sees between'],
  ['张 老\u3000三', '张老三', 'with blanks'],
  ['𬭎̲木', '𬭎木', 'underlined, beyond the BMP'],
])('folds %j to %j: %s', (text, folded) => {
  expect(foldedOf(text).text).toBe(folded);
});

it('knows where in the text each character stood', () => {
  const text = '号：１ 3\u200b８。';
  const folded = foldedOf(text);
  const [place] = placesOf(folded, /138/gu);
  expect(place && text.slice(place.from, place.to)).toBe('１ 3\u200b８');
  expect(placeIn(folded, 0, folded.text.length)).toEqual({ from: 0, to: text.length });
});

it.each([
  ['阿卜杜拉·买买提', '阿卜杜拉买买提'],
  ['张-老.三', '张老三'],
  ['𬭎_木', '𬭎木'],
])('reads %j without its joints, at the same places', (text, whole) => {
  const joined = unparted(foldedOf(text));
  expect(joined.text).toBe(whole);
  const { from, to } = placeIn(joined, 0, whole.length);
  expect([from, to]).toEqual([0, text.length]);
});
