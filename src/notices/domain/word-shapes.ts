/** A number of a house, a block or a room, in figures or spelt. */
const N = '[\\d一二三四五六七八九十百零〇两]+';

/**
 * Where somebody lives, to the door: a village and a group may be known, a house may not. A document has a number too
 * (〔2026〕3号), but no street before it.
 */
export const ADDRESS = new RegExp(
  [
    `${N}(?:号楼|号院|栋|幢|单元|室|弄)`,
    `门牌${N}?`,
    `[路街巷道弄里村组屯寨庄区园坊院楼排段]${N}(?:-${N})?号(?!文|令|公)`,
  ].join('|'),
  'gu',
);

/** Where a child goes to school, and in which class (未成年人保护法, art. 72). Pupils and students as such are nobody. */
export const SCHOOL = new RegExp(
  [
    '小学(?!生)|中学(?!生)|初中(?!生)|高中(?!生)|学校|幼儿园|托儿所|职高|技校|中专|卫校|学前班',
    '(?:大学|学院)(?!生|城|路|街|村|社区)',
    `[县市区镇乡州](?:第)?[一二三四五六七八九十]中(?![心间断央旬])`,
    `年级|${N}\\)?班(?![子次车组])`,
  ].join('|'),
  'gu',
);

export const EMAIL = /[\w.+-]+@[\w-]+\.[\w.]+/gu;

/** A name by which somebody is found on the net. That people may pay or read by one of them is no secret. */
export const ACCOUNT =
  /(?:微信|wechat|weixin|wx|vx|qq|抖音|快手|支付宝|钉钉|微博)(?:账号|帐号|号|id)?[:是为]?[a-z0-9_@.-]{3,}/giu;
