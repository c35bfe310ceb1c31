import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import { readMessageSettings } from './messages/settings.js';
import type { MessageSettings } from './messages/settings.js';
import { readOidcSettings } from './oidc-settings.js';
import type { OidcSettings } from './oidc-settings.js';
import { faultOfFont } from './pdf/font-files.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the surroundings decide, read once at the start (docs/operations.md lists every setting). A wrong or missing
 * setting keeps the program from starting, and all of them are named at once.
 */
export class Config {
  readonly production: boolean;
  readonly databaseUrl: string;
  /** Files, keys and the embedded database. */
  readonly dataDir: string;
  /** Stands in QR codes, and is frozen into each notice. Without a slash at its end. */
  readonly publicUrl: string;
  readonly port: number;
  readonly host: string;
  /** Proxies before us whose `X-Forwarded-For` is believed: addresses, ranges, or `loopback` (TRUSTED_PROXIES). */
  readonly trustedProxies: readonly string[];
  /** Whether this process does what happens by the clock alone (TIMERS); of several, one is enough. */
  readonly timers: boolean;
  readonly keyFile: string;
  /** Signs the CSRF cookie. */
  readonly cookieSecret: string;
  /** Who sends it as a bearer may read `/metrics`; null: outside production this machine alone (METRICS_TOKEN). */
  readonly metricsToken: string | null;
  /** Fixes the clock, outside production. */
  readonly now: Date | null;
  /** Lets webhooks go to addresses of the own network, and by plain http: for tests, never in production. */
  readonly webhooksToPrivate: boolean;
  /** Whether staff of a federation and administrators must have a code beside their password (STAFF_TOTP). */
  readonly staffTotp: boolean;
  /** Whether acts with money, payees, exports and offices ask for a proof that is younger than ten minutes (STEP_UP). */
  readonly stepUp: boolean;
  /** How many days after its end the public still reads in a notice of whom it speaks [P]. */
  readonly noticeOnlineDays: number;
  /** Licensed fonts of the office, used first: 仿宋 for the text, 小标宋 for the title, 黑体 and 楷体 for the headings. */
  readonly fontFangsong: string | null;
  readonly fontXiaobiaosong: string | null;
  readonly fontHeiti: string | null;
  readonly fontKaiti: string | null;

  /** An organisation's certificate and key (P12): notices get a second file that is signed by machine. */
  readonly noticeP12File: string | null;
  readonly noticeP12Password: string;

  /** The federation's own identity provider, for its staff; null where there is none. */
  readonly oidc: OidcSettings | null;

  /** Who carries our texts to phones and groups. */
  readonly messages: MessageSettings;

  constructor(environment: Environment) {
    const faults: string[] = [];
    const text = (name: string) => environment[name]?.trim() ?? '';
    this.production = text('NODE_ENV') === 'production';
    this.dataDir = resolve(text('HUZHU_DATA_DIR') || 'var');
    this.databaseUrl = text('DATABASE_URL') || `sqlite:${join(this.dataDir, 'huzhu.db')}`;
    if (!/^(sqlite:.+|mysql:\/\/.+)$/.test(this.databaseUrl))
      faults.push('DATABASE_URL is sqlite:PATH or mysql://user:password@host:port/database');

    this.port = Number(text('PORT') || '3000');
    if (!Number.isInteger(this.port) || this.port < 0 || this.port > 65_535) faults.push('PORT is no port');
    this.host = text('HOST') || (this.production ? '0.0.0.0' : '127.0.0.1');
    this.publicUrl = (text('HUZHU_PUBLIC_URL') || `http://localhost:${this.port}`).replace(/\/+$/, '');
    if (!URL.canParse(this.publicUrl)) faults.push('HUZHU_PUBLIC_URL is no address');
    if (this.production && !this.publicUrl.startsWith('https://'))
      faults.push('HUZHU_PUBLIC_URL must be https:// in production: it stands in every QR code');

    this.trustedProxies = (text('TRUSTED_PROXIES') || 'loopback').split(',').map((each) => each.trim());
    for (const each of this.trustedProxies)
      if (!isProxy(each)) faults.push(`TRUSTED_PROXIES: ${each} is no address, no range and not loopback`);
    this.timers = (text('TIMERS') || 'on') === 'on';
    if (!['', 'on', 'off'].includes(text('TIMERS'))) faults.push('TIMERS is on or off');

    const keyFile = text('HUZHU_KEY_FILE');
    this.keyFile = keyFile || join(this.dataDir, 'keys.json');
    if (this.production && (!keyFile || !isAbsolute(keyFile)))
      faults.push('HUZHU_KEY_FILE must name the key file by its full path in production');
    this.cookieSecret =
      text('HUZHU_COOKIE_SECRET') || 'only for development and the demo, never in production';
    if (this.production && text('HUZHU_COOKIE_SECRET').length < 32)
      faults.push('HUZHU_COOKIE_SECRET must have at least 32 characters in production');

    this.metricsToken = text('METRICS_TOKEN') || null;
    if (this.metricsToken !== null && this.metricsToken.length < 20)
      faults.push('METRICS_TOKEN must have at least 20 characters');

    const now = text('HUZHU_NOW');
    this.now = now ? new Date(now) : null;
    if (this.now && Number.isNaN(this.now.getTime())) faults.push('HUZHU_NOW is no instant (ISO 8601)');
    if (this.now && this.production) faults.push('HUZHU_NOW must not be set in production');
    this.webhooksToPrivate = text('HUZHU_WEBHOOKS_TO_PRIVATE') === 'yes';
    if (this.webhooksToPrivate && this.production)
      faults.push('HUZHU_WEBHOOKS_TO_PRIVATE must not be set in production');
    const either = (name: string, yes: string, no: string): boolean => {
      const given = text(name) || (this.production ? yes : no);
      if (given !== yes && given !== no) faults.push(`${name} is ${yes} or ${no}`);
      return given === yes;
    };
    this.staffTotp = either('STAFF_TOTP', 'required', 'optional');
    this.stepUp = either('STEP_UP', 'on', 'off');
    this.noticeOnlineDays = Number(text('NOTICE_ONLINE_DAYS') || '90');
    if (!Number.isInteger(this.noticeOnlineDays) || this.noticeOnlineDays < 1 || this.noticeOnlineDays > 3650)
      faults.push('NOTICE_ONLINE_DAYS is a whole number of days from 1 to 3650');
    const font = (name: string): string | null => {
      const path = text(name) || null;
      const fault = path === null ? null : faultOfFont(path);
      if (fault !== null) faults.push(`${name}: ${path} ${fault}`);
      return path;
    };
    this.fontFangsong = font('FONT_FANGSONG');
    this.fontXiaobiaosong = font('FONT_XIAOBIAOSONG');
    this.fontHeiti = font('FONT_HEITI');
    this.fontKaiti = font('FONT_KAITI');
    this.noticeP12File = text('NOTICE_P12_FILE') || null;
    this.noticeP12Password = environment['NOTICE_P12_PASSWORD'] ?? '';
    if (this.noticeP12File && !this.noticeP12Password)
      faults.push('NOTICE_P12_FILE needs NOTICE_P12_PASSWORD, the password that the file was packed under');
    this.oidc = readOidcSettings({ text, faults });
    this.messages = readMessageSettings({ text, faults, production: this.production });
    if (faults.length > 0) throw new Error(`These settings are wrong:\n- ${faults.join('\n- ')}`);
  }
}

/** `10.0.0.0/8`, `::1`, `loopback`: as the reader of the header takes them. All of the world is never meant. */
function isProxy(given: string): boolean {
  if (given === 'loopback') return true;
  const [address = '', bits, ...rest] = given.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= (family === 4 ? 32 : 128);
}
