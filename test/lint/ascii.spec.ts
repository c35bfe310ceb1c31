import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const TOOL = pathToFileURL('tools/ascii.mjs').href;

/** What a module of the build exports as `x`, and what it exports once it is in ASCII, with its text. */
function bothWays(text: string): {
  readonly before: string;
  readonly after: string;
  readonly text: string;
} {
  const script = `
    import { asciiModule } from ${JSON.stringify(TOOL)};
    const load = async (text) => (await import('data:text/javascript;charset=utf-8,' + encodeURIComponent(text))).x;
    const before = ${JSON.stringify(text)};
    const text = asciiModule(before);
    console.log(JSON.stringify({ before: await load(before), after: await load(text), text }));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return JSON.parse(said) as ReturnType<typeof bothWays>;
}

describe('a module of the build in ASCII', () => {
  it.each([
    ['a class of letters', "export const x = '王、李'.replace(/[、，]/gu, '-');"],
    ['a range', "export const x = 'a张b'.replace(/[一-鿿]/g, '.');"],
    ['a letter after a backslash', "export const x = '甲。乙'.split(/\\。/);"],
    ['two backslashes and a letter', "export const x = /\\\\。/.test('\\\\。');"],
    ['a letter of two halves', "export const x = '𠀀一'.replace(/[𠀀-𠀂]/u, '.');"],
    ['a name of a group', "export const x = '5元'.match(/(?<钱>\\d)元/u).groups;"],
    ['a template with a tag', 'const t = ([a, b], v) => a + v + b; export const x = t`没${1}有\\n`;'],
    ['a template in a template', 'const t = ([a]) => a; export const x = t`一` + `${t`二`}三`;'],
    ['a comment in a pattern’s place', 'export const x = 8 / 2 /* 除以 */ / 2;'],
    [
      'a comment of several lines',
      'export const /* 第\n一 */ x = new Error("e").stack.match(/:(\\d+):/)?.[1];',
    ],
  ])('means what it meant: %s', (_, text) => {
    const { before, after, text: made } = bothWays(text);

    expect(after).toEqual(before);
    expect(made.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('names letters of patterns and templates by their numbers, and cuts comments', () => {
    const { text } = bothWays('/* 注 */ const t = ([a]) => a; export const x = [/。/.source, t`有`]; // 完');

    expect(text.trim()).toBe(
      String.raw`const t = ([a]) => a; export const x = [/\u3002/.source, t${'`'}\u6709${'`'}];`,
    );
  });

  it('refuses a template that reads its own text', () => {
    expect(() => bothWays('export const x = String.raw`${1}没有`;')).toThrow(/read as it was typed/);
  });
});
