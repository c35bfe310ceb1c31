const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙手机'],
  [/iPhone/, '苹果手机'],
  [/iPad/, '苹果平板'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh|Mac OS X/, '苹果电脑'],
  [/Linux|X11/, 'Linux 电脑'],
];

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, '微信'],
  [/wxwork/i, '企业微信'],
  [/DingTalk/i, '钉钉'],
  [/QQBrowser/i, 'QQ 浏览器'],
  [/HuaweiBrowser/i, '华为浏览器'],
  [/MiuiBrowser/i, '小米浏览器'],
  [/Edg/, 'Edge 浏览器'],
  [/Firefox/, '火狐浏览器'],
  [/Chrome|CriOS/, 'Chrome 浏览器'],
  [/Safari/, 'Safari 浏览器'],
];

/** What a person calls the device that a browser says it is: 安卓手机 · 微信. It is told by the device and proves nothing. */
export function deviceWords(userAgent: string | null): string {
  const said = (userAgent ?? '').slice(0, 400);
  const wordsIn = (list: typeof SYSTEMS) => list.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  const words = [wordsIn(SYSTEMS), wordsIn(BROWSERS)].filter((each) => each !== null);
  return words.length > 0 ? words.join(' · ') : '不认得的设备';
}
