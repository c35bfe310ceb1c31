import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const AT = new Date('2026-03-09T01:00:00Z');
const SURNAMES = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜');
const ENDS = Array.from('明华强军磊洋勇艳杰娟涛超秀霞平刚桂英玉兰萍红梅芳');
const BASE = JSON.parse(readFileSync(join(process.cwd(), 'test', 'pinned', 'grant-post.json'), 'utf8'));
const DIGITS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** No two are alike: another number, code and person each time, as in a year's work. */
export function paperOf(n) {
  const code = Array.from({ length: 8 }, (_, i) => DIGITS[(((n + 1) * 2654435761) >>> (i * 3)) & 31]).join(
    '',
  );
  const subject = `${SURNAMES[n % SURNAMES.length]}*${ENDS[(n * 7) % ENDS.length]}`;
  const content = {
    ...BASE,
    number: `柳溪救公〔2026〕${n + 1}号`,
    code,
    verifyUrl: `https://huzhu.example/n/${code}`,
    items: BASE.items.map((item) => ({ ...item, subject })),
  };
  const facts = { title: content.title.join(''), author: content.issuer, at: AT };
  return { template: content.template, content, facts };
}

/** A file of the program as it was built. */
export const built = (path) => import(join(process.cwd(), 'dist', 'src', path));
