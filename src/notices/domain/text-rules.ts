import { SLOTS, slotsIn, TEXTS } from './notice-texts.js';
import type { Slot, TextKey } from './notice-texts.js';
import { HIT_WORDS, lintText } from './privacy-lint.js';
import { knownLength } from './text-words.js';

/** A sentence or two: more would push the notice onto a second sheet. */
export const MOST_CHARACTERS = 120;

/** Characters of Chinese writing and its marks, and no others: no figure, no letter, no bracket that a program reads. */
const WRITING = /^[\p{Unified_Ideograph}〇，。、；：？！（）“”‘’《》—…]*$/u;

/** A number spelt out, which the wall must not show: ordinals and days are shorter. */
const SPELT_NUMBER = /[〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]{5,}/u;

const ENDS = /[。！？）]$/u;

/** What parts words: a mark of writing, and a slot, which is no word of the society. */
const CLAUSE = /[^，。、；：？！（）“”‘’《》—…【】]+/gu;

/**
 * Why these words cannot stand in a notice, one sentence; null where they can. What is open is told by slots of a closed list,
 * so that nothing of a person, no number and no markup gets in by this door.
 */
export function textFault(key: TextKey, text: string): string | null {
  const { label, slots, needed, mustSay } = TEXTS[key];
  const length = Array.from(text).length;
  if (length === 0) return '请写一句话；要恢复原来的说法，请点“用回上一级的说法”';
  if (length > MOST_CHARACTERS) return `最多 ${MOST_CHARACTERS} 个字，现在有 ${length} 个`;
  const plain = text.replace(/【[^【】]*】/gu, '');
  const found = slotsIn(text);
  const unknown = found.find((slot) => !slots.includes(slot as Slot));
  if (unknown !== undefined) return unknownSlot(unknown, slots);
  if (!WRITING.test(plain)) return '只能写汉字和中文标点，不能写数字、字母和其他符号';
  if (SPELT_NUMBER.test(plain)) return '不能写号码；电话会自动填在【电话】的位置';
  const [hit] = lintText({ field: label, text: plain }, { contactPhone: '', forbidden: [] });
  if (hit) return `不能公开：${HIT_WORDS[hit.kind]}`;
  const missing = needed.find((slot) => !found.includes(slot));
  if (missing !== undefined) return `少了【${missing}】，请把它写进去`;
  const unsaid = mustSay.find(({ said }) => !said.test(plain));
  if (unsaid !== undefined) return `要写明“${unsaid.words}”`;
  const foreign = foreignAt(text);
  if (foreign !== null)
    return `第 ${foreign} 个字起不是公示里常用的词：这里不能写人名、号码，也不能说某个人的事，请换个说法`;
  return ENDS.test(text) ? null : '请用句号结尾';
}

/** Where the first word stands that notices do not use, counted from 1; null where there is none. */
function foreignAt(text: string): number | null {
  for (const { 0: clause, index } of text.replace(/【[^【】]*】/gu, blank).matchAll(CLAUSE)) {
    const known = knownLength(clause);
    if (known < clause.length) return Array.from(text.slice(0, index + known)).length + 1;
  }
  return null;
}

/** A slot parts words as a mark does, and leaves every place where it was. */
const blank = (slot: string): string => '，'.repeat(slot.length);

/** What was typed is not repeated where it is no word of ours: a refusal is logged. */
function unknownSlot(slot: string, slots: readonly Slot[]): string {
  const may =
    slots.length === 0 ? '这一句没有可以填的位置' : `可以用${slots.map((each) => `【${each}】`).join('')}`;
  const isOurs = (SLOTS as readonly string[]).includes(slot);
  return isOurs ? `这一句不能用【${slot}】；${may}` : `方括号里只能写规定的位置；${may}`;
}
