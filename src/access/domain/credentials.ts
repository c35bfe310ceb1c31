/** Letters, digits, Chinese characters and `. _ @ -`, at least two: a name that can be typed on any phone. */
const LOGIN = /^[\p{L}\p{N}._@-]{2,40}$/u;

/** One login, however it is typed: full-width or half-width, capitals or small. Null when it can be none. */
export function readLogin(text: string): string | null {
  const login = text.normalize('NFKC').trim().toLowerCase();
  return LOGIN.test(login) ? login : null;
}

/** What is hashed and compared. An input method may give full-width digits where half-width ones were typed before. */
export function passwordText(typed: string): string {
  return typed.normalize('NFKC').trim();
}

export const PASSWORD_MIN = 10;
const PASSWORD_MAX = 128;

/** The heads of every list of stolen passwords that are long enough to be typed here. */
const COMMON = [
  '1234567890',
  '0123456789',
  '0987654321',
  '1234554321',
  '1122334455',
  'password12',
  'password123',
  'qwertyuiop',
  'asdfghjkl;',
  'a123456789',
  '123456789a',
  'woaini1314',
  'woaini520520',
  '5201314520',
  'iloveyou123',
  'administrator',
  'admin123456',
  'huzhushe123',
];

/** What is left of a common password when its digits and marks are taken off: `Woaini@1314` is one of thousands. */
const COMMON_STEMS = new Set(
  (
    'a aa aaa abc abcd abcde abcdef abcdefg admin administrator aini asd asdf asdfgh asdfghjkl asdzxc baobao dearbook ' +
    'dragon huzhu huzhushe huzhuhui hello iloveu iloveyou letmein login love mima monkey nihao pass passw passwd password ' +
    'passwrd princess psswrd q qaz qazwsx qazwsxedc qq qqq qqww qwe qweasd qweasdzxc qwer qwert qwerty qwertyuiop root sunshine ' +
    'test user wang welcome wo woai woaini woaiwojia wodemima wz xiaoxiao zaq zaqxsw zhang zxc zxcv zxcvbn zxcvbnm'
  ).split(' '),
);

/** Why a password is too weak, in the words shown beside the field; null when it will do. */
export function passwordFault(typed: string, login: string): string | null {
  const password = passwordText(typed);
  const length = Array.from(password).length; // by code point: 𠮷 is one character
  if (length < PASSWORD_MIN) return `密码至少 ${PASSWORD_MIN} 个字，可以用一句话`;
  if (length > PASSWORD_MAX) return `密码最多 ${PASSWORD_MAX} 个字`;
  const plain = password.toLowerCase();
  if (login.length >= 4 && plain.includes(login)) return '密码里不要带登录名';
  if (new Set(plain).size < 4) return '密码里的字重复太多';
  if (COMMON.some((common) => plain === common || plain.replace(/[!.@]+$/, '') === common))
    return '这个密码太常见，别人一猜就中';
  if (COMMON_STEMS.has(plain.replace(/[\p{N}\p{P}\p{S}\s]/gu, ''))) return '这个密码太常见，别人一猜就中';
  if (/^[\d\s.\-/]+x?$/.test(plain)) return '密码不要只用数字：生日、手机号、身份证号别人猜得到';
  return null;
}
