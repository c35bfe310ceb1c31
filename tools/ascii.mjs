// A text with one Chinese character is held by Node with two bytes for every letter of it. esbuild writes those of texts
// and names as `\u4e00`; what it leaves as it is are comments, patterns and templates with a tag.
import { parse } from 'acorn';

const OTHERS = /[^\0-\x7f]/;
/** Also what a backslash stands before, which then is that backslash's. */
const ESCAPED_OR_OTHER = /\\[^]|[^\0-\x7f]/g;

export const isAscii = (text) => !OTHERS.test(text);

/**
 * The same module in ASCII alone, but for what esbuild does itself: comments with other letters are cut, patterns and
 * templates with a tag name them by their number. The lines stay where they were. What a pattern says of itself (`source`)
 * is its new text. A template that is read as it was typed (`String.raw`) is refused.
 */
export function asciiModule(text) {
  if (isAscii(text)) return text;
  const pieces = [];
  const put = (start, end, instead) => pieces.push({ start, end, instead });
  const number = ({ start, end }) =>
    put(start, end, text.slice(start, end).replace(ESCAPED_OR_OTHER, numbered));
  const module = parse(text, {
    ecmaVersion: 2022,
    sourceType: 'module',
    allowHashBang: true,
    allowReturnOutsideFunction: true,
    onComment: (_, words, start, end) => {
      if (!isAscii(words)) put(start, end, words.replace(/[^\n\r\u2028\u2029]+/g, ' '));
    },
    onToken: (token) => {
      if (token.type.label === 'regexp') number(token);
    },
  });
  for (const { tag, quasi } of taggedIn(module)) {
    for (const piece of quasi.quasis.filter(({ start, end }) => !isAscii(text.slice(start, end)))) {
      if (/\braw$/.test(text.slice(tag.start, tag.end)))
        throw new Error(`It is read as it was typed: ${piece.value.raw}`);
      number(piece);
    }
  }
  return pieces
    .sort((one, other) => other.start - one.start)
    .reduce((all, { start, end, instead }) => all.slice(0, start) + instead + all.slice(end), text);
}

function* taggedIn(node) {
  if (node === null || typeof node !== 'object') return;
  if (node.type === 'TaggedTemplateExpression') yield node;
  for (const part of Object.values(node)) yield* taggedIn(part);
}

const numbered = (found) => {
  const letter = found.at(-1);
  return isAscii(letter) ? found : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
};
