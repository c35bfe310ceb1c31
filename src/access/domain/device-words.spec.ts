import { deviceWords } from './device-words.js';

it.each([
  [
    'Mozilla/5.0 (Linux; Android 13; V2046A) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50',
    '安卓手机 · 微信',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Safari/604.1',
    '苹果手机 · Safari 浏览器',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0',
    'Windows 电脑 · Edge 浏览器',
  ],
  [
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 HuaweiBrowser/5',
    '鸿蒙手机 · 华为浏览器',
  ],
  ['curl/8.5', '不认得的设备'],
  ['', '不认得的设备'],
  [null, '不认得的设备'],
])('%s', (userAgent, words) => {
  expect(deviceWords(userAgent)).toBe(words);
});
