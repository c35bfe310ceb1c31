// A text with one Chinese character is held by Node with two bytes for every letter of it. esbuild writes those of texts
// and names as `\u4e00`; what it leaves as it is are comments, patterns and templates with a tag.
import { parse } from 'acorn';

const OTHERS = /[^\0-\x7f]/;
/** Also what a backslash stands before, which then is that backslash's. */
const ESCAPED_OR_OTHER = /\\[^]|[^\0-\x7f]/g;

export const isAscii = (text) => !OTHERS.test(text);

/**
 * The same module in ASCII alone: comments with other letters are cut, patterns and templates name them by their number.
 * The lines stay where they were. A template that reads its own text as it was typed (`String.raw`) is refused.
 */
export function asciiModule(text) {
  if (isAscii(text)) return text;
  const pieces = [];
  const put = (start, end, instead) => pieces.push({ start, end, instead });
  parse(text, {
    ecmaVersion: 2022,
    sourceType: 'module',
    allowHashBang: true,
    allowReturnOutsideFunction: true,
    onComment: (_, words, start, end) => {
      if (!isAscii(words)) put(start, end, words.replace(/[^\n]+/g, ' '));
    },
    onToken: ({ type, start, end }) => {
      const typed = text.slice(start, end);
      if (['regexp', 'template', 'invalidTemplate'].includes(type.label) && !isAscii(typed)) {
        if (text.startsWith('raw`', start - 4)) throw new Error(`A text is read as it was typed: ${typed}`);
        put(start, end, typed.replace(ESCAPED_OR_OTHER, numbered));
      }
    },
  });
  return pieces
    .sort((one, other) => other.start - one.start)
    .reduce((all, { start, end, instead }) => all.slice(0, start) + instead + all.slice(end), text);
}

const numbered = (found) => {
  const letter = found.at(-1);
  return isAscii(letter) ? found : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
};
