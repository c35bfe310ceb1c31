/** What of a request says whence it comes. */
export type Sent = {
  readonly headers: {
    readonly origin?: string | undefined;
    readonly host?: string | undefined;
    readonly 'sec-fetch-site'?: string | string[] | undefined;
  };
};

/**
 * Whether a browser says that a form was sent by another house's page (quality.md T15). Browsers name the page's origin
 * with every POST; what names none is no browser, and has the token of the form to show all the same. `null` is said by
 * a page that hides what it is: it is none of ours.
 */
export function isFromElsewhere({ headers }: Sent, publicUrl: string): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const from = new URL(origin);
  return from.origin !== new URL(publicUrl).origin && from.host !== host;
}
