/** What a template for paper may write: elements, words, and nothing that a browser would have to mend. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MarkupNode[];
};
export type MarkupNode = Element | string;

type Open = { name: string; attributes: Record<string, string>; children: MarkupNode[] };

const TOKEN =
  /<!--[\s\S]*?-->|<\/([a-z][a-z0-9]*)\s*>|<([a-z][a-z0-9]*)((?:\s+[a-z][\w-]*="[^"<]*")*)\s*(\/?)>|[^<]+/gy;
const ATTRIBUTE = /([a-z][\w-]*)="([^"]*)"/g;
const EMPTY = new Set(['br', 'wbr', 'col']);

/** Exactly what Handlebars escapes. Any other entity is a slip of the template. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x3D;': '=',
};

/**
 * Reads our own markup strictly. A forgiving HTML parser would mend a slip in silence, on paper otherwise than the
 * browser does on the page; here a slip stops the print.
 */
export function markupOf(html: string): readonly MarkupNode[] {
  const root: Open = { name: '', attributes: {}, children: [] };
  const open: Open[] = [root];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < html.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(html);
    if (!token) throw new Error(`This markup cannot be read: ${html.slice(at, at + 60)}`);
    take(token, open);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name ?? ''}> is not closed`);
  return root.children;
}

function take([text, closes, opens, attributes = '', slash]: RegExpExecArray, open: Open[]): void {
  const inside = open.at(-1);
  if (!inside) return;
  if (closes !== undefined) {
    if (inside.name !== closes) throw new Error(`</${closes}> closes <${inside.name}>`);
    open.pop();
  } else if (opens !== undefined) {
    const element: Open = { name: opens, attributes: attributesIn(attributes), children: [] };
    inside.children.push(element);
    if (slash !== '/' && !EMPTY.has(opens)) open.push(element);
  } else if (!text.startsWith('<!--')) {
    inside.children.push(decoded(text));
  }
}

function attributesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(ATTRIBUTE), ([, name = '', value = '']) => [name, decoded(value)]),
  );
}

function decoded(text: string): string {
  return text.replace(/&[^;\s]*;?/g, (entity) => {
    const char = ENTITIES[entity];
    if (char === undefined) throw new Error(`This markup has an unknown entity: ${entity}`);
    return char;
  });
}

export const isElement = (node: MarkupNode): node is Element => typeof node !== 'string';

export function elementsIn(parent: Element): Element[] {
  return parent.children.filter(isElement);
}

export const classOf = (element: Element): string => element.attributes['class'] ?? '';

/** The first child element of this name and class. */
export function findIn(nodes: readonly MarkupNode[], name: string, className = ''): Element | null {
  const found = nodes.filter(isElement).find((each) => each.name === name && classOf(each) === className);
  return found ?? null;
}

export function getIn(nodes: readonly MarkupNode[], name: string, className = ''): Element {
  const found = findIn(nodes, name, className);
  if (!found) throw new Error(`A paper needs <${name}${className ? ` class="${className}"` : ''}>`);
  return found;
}

/**
 * The words of a node. A line end of the template is no space between Chinese characters; between Latin words it is
 * one.
 */
export function textOf(node: MarkupNode): string {
  const text = isElement(node) ? node.children.map(textOf).join('') : node;
  return text.replace(/\s+/g, ' ').replace(/(?<=^|\P{ASCII}) (?=\P{ASCII}|$)/gu, '');
}
