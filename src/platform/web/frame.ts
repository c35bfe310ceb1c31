import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Assets } from './assets.js';
import type { Templates } from './templates.js';
import type { View } from './templates.js';
import { FONT_SIZES, frameOf, titleOf } from './views.js';
import type { ErrorView, FontSize, NavItem, PageFrame } from './views.js';

/** What the house knows of whoever looks at a page: set before the handler, absent for a stranger. */
export type Surroundings = {
  /** The society acted in, or the name of the system. */
  readonly brand: string;
  readonly home: string;
  readonly nav: readonly Omit<NavItem, 'current'>[];
  /** Masked: the page may be looked at over a shoulder. */
  readonly signedInAs: string | null;
  /** The office to call; never a person's own number. */
  readonly phone: string | null;
};

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    surroundings?: Surroundings;
  }
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface FastifyReply {
    view(name: string, view: View): FastifyReply;
  }
}

export const FONT_COOKIE = 'huzhu_font';

const STRANGER: Surroundings = {
  brand: '“救急难”互助社',
  home: '/',
  nav: [],
  signedInAs: null,
  phone: null,
};

/** `reply.view`: every page gets its frame, a token for its forms and a fresh number for what they send. */
export function addView(fastify: FastifyInstance, templates: Templates, assets: Assets): void {
  fastify.decorateReply('view', function (name, view) {
    const html = templates.render(name, {
      errors: [],
      ...view,
      csrfToken: this.generateCsrf(),
      submissionId: randomUUID(),
      frame: frame(this.request, view, assets),
    });
    return this.type('text/html; charset=utf-8').send(html);
  });
}

/** What a page may say to its frame. */
type PageFacts = {
  readonly title?: string;
  readonly errors?: readonly ErrorView[];
  /** Whom a stranger calls: a public page names the office of its own society. */
  readonly publicPhone?: string | null;
  /** Where programs follow what this page shows. */
  readonly feed?: string | null;
};

function frame(request: FastifyRequest, view: View, assets: Assets): PageFrame {
  const { title = '', errors = [], publicPhone = null, feed = null } = view as PageFacts;
  const { brand, home, nav, signedInAs, phone } = request.surroundings ?? STRANGER;
  const [path = '/'] = request.url.split('?', 1);
  return frameOf({
    title: titleOf(title, errors.length > 0, brand),
    brand,
    home,
    nav: nav.map((item) => ({ ...item, current: isAt(path, item.href, home) })),
    signedInAs,
    phone: phone ?? publicPhone,
    fontSize: fontSizeOf(request),
    path,
    styles: assets.url('app.css'),
    script: assets.url('app.js'),
    deskScript: assets.url('desk.js'),
    icon: assets.url('icon.svg'),
    feed,
  });
}

/** A page below one of the menu still stands in that part of the house; everything stands below the door. */
function isAt(path: string, href: string, home: string): boolean {
  return path === href || (href !== home && path.startsWith(`${href}/`));
}

function fontSizeOf(request: FastifyRequest): FontSize {
  const size = request.cookies[FONT_COOKIE];
  return FONT_SIZES.find((known) => known === size) ?? 'standard';
}
