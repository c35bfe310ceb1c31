import { draftContentOf } from '../../src/notices/domain/notice-content.js';
import { keptOf, NOTICE_KINDS } from '../../src/notices/domain/notice-words.js';
import type { Kept, Worded } from '../../src/notices/domain/notice-words.js';
import { lintNotice, lintText, textsOf } from '../../src/notices/domain/privacy-lint.js';
import type { LintRules } from '../../src/notices/domain/privacy-lint.js';
import { NOTICES } from '../gallery/notices.js';
import { CLEAN } from './clean.js';
import { ILLNESSES } from './illnesses.js';
import { LEAK_CLASSES, NAMES } from './leaks.js';
import type { Leak } from './leaks.js';
import { plantedEverywhere } from './planted.js';

const rules: LintRules = { contactPhone: '0566-1234567', forbidden: NAMES, agreed: [] };
const textOf = ({ before, secret, after }: Leak): string => before + secret + after;

it('has leaks and clean sentences enough', () => {
  const leaks = LEAK_CLASSES.flatMap((each) => each.leaks.map(textOf));
  expect(new Set(leaks).size).toBeGreaterThanOrEqual(300);
  expect(CLEAN.length).toBeGreaterThanOrEqual(300);
  expect(new Set(ILLNESSES).size).toBeGreaterThanOrEqual(80);
});

describe.each(LEAK_CLASSES)('D4-29 $name', ({ leaks, kinds, isRightInObjection }) => {
  it('is found wherever it is written, at its very characters', () => {
    const missed = leaks.filter((leak) => {
      const hits = lintText({ field: '依据', text: textOf(leak) }, rules).filter(({ kind }) =>
        kinds.includes(kind),
      );
      const [from, to] = [leak.before.length, leak.before.length + leak.secret.length];
      return !hits.some((hit) => hit.from >= from && hit.to <= to && hit.from < hit.to);
    });
    expect(missed).toEqual([]);
  });

  it.each(NOTICE_KINDS)('is found in every text of %s', (kind) => {
    const kept = keptOf(NOTICES[kind].usual);
    const missed = leaks.flatMap((leak) => {
      const content = draftContentOf({ ...plantedEverywhere(kept, `，${textOf(leak)}`), version: 1 });
      const hits = lintNotice(content, { ...rules, contactPhone: kept.words.contactPhone }).filter((hit) =>
        kinds.includes(hit.kind),
      );
      const planted = textsOf(content).filter(({ text }) => text.includes(textOf(leak)));
      if (planted.length < 5) throw new Error(`Hardly a text of ${kind} was planted`);
      return planted
        .filter(
          ({ field }) =>
            !(isRightInObjection && field === '异议反映') && !hits.some((hit) => hit.field === field),
        )
        .map(({ field }) => `${field}: ${textOf(leak)}`);
    });
    expect(missed).toEqual([]);
  });
});

it('lets every clean sentence pass', () => {
  const caught = CLEAN.map((text) => ({ text, hits: lintText({ field: '依据', text }, rules) }));
  expect(
    caught
      .filter(({ hits }) => hits.length > 0)
      .map(({ text, hits }) => [text, hits.map(({ kind }) => kind)]),
  ).toEqual([]);
});

it.each(NOTICE_KINDS)('lets every %s of the gallery pass', (kind) => {
  for (const worded of Object.values<Worded>(NOTICES[kind])) {
    const kept: Kept = keptOf(worded);
    const { contactPhone, forbidden } = worded.words;
    const content = draftContentOf({ ...kept, version: 1 });
    const agreed = content.kind === 'DONATION_LIST' ? content.gifts.map(({ giver }) => giver) : [];
    expect(lintNotice(content, { contactPhone, forbidden, agreed })).toEqual([]);
  }
});
