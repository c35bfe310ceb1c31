import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { PermissionRow } from '../platform/web/permissions.js';

type Controller = abstract new (...args: never[]) => object;
type Handler = (...args: never[]) => unknown;

/** Stands for a parameter, and after every literal part. */
const ANY = '\uffff';
const pathIn = (route: string) => route.slice(route.indexOf(' ') + 1);

/** Every route that Nest serves has exactly one row, and every row a route; looked up by route at each request. */
export class PermissionTable {
  private readonly byRoute: ReadonlyMap<string, PermissionRow>;
  /** Paths in parts, the most literal first, as the router looks at them. */
  private readonly paths: readonly { readonly parts: readonly string[]; readonly isPage: boolean }[];

  constructor(readonly rows: readonly PermissionRow[]) {
    this.byRoute = new Map(rows.map((row) => [row.route, row]));
    const shapes = rows.map(({ route }) => route.replace(/:[^/]+/g, ANY));
    const opened = new Set(shapes.filter((shape) => shape.startsWith('GET ')).map(pathIn));
    this.paths = [...new Set(shapes.map(pathIn))]
      .sort((one, other) => (one < other ? -1 : 1))
      .map((shape) => ({ parts: shape.split('/'), isPage: opened.has(shape) }));
  }

  row(route: string): PermissionRow | null {
    return this.byRoute.get(route) ?? null;
  }

  /**
   * The page at the path, or the nearest above it that can be opened: some paths take forms only
   * (`/s/payments/:id/transfer`). Null where there is none.
   */
  pageAbove(path: string): string | null {
    for (let at = path.replace(/\/+$/, ''); at !== ''; at = at.slice(0, at.lastIndexOf('/')))
      if (this.isPage(at)) return at;
    return null;
  }

  /** By the most literal shape, as the router does: `/s/people/search` is no person of that name. */
  private isPage(path: string): boolean {
    const asked = path.split('/');
    const found = this.paths.find(
      ({ parts }) =>
        parts.length === asked.length && parts.every((part, i) => part === ANY || part === asked[i]),
    );
    return found?.isPage === true;
  }

  /** What keeps the program from starting. */
  faults(routes: readonly string[]): string[] {
    const routed = new Set(routes);
    const twice = (list: readonly string[]) => list.filter((route, i) => list.indexOf(route) !== i);
    return [
      ...[...routed]
        .filter((route) => !this.byRoute.has(route))
        .map((route) => `${route}: no permission row`),
      ...[...this.byRoute.keys()]
        .filter((route) => !routed.has(route))
        .map((route) => `${route}: no such route`),
      ...twice(this.rows.map(({ route }) => route)).map((route) => `${route}: two permission rows`),
      ...twice(routes).map((route) => `${route}: two handlers`),
    ];
  }
}

/** The routes of one handler as the table writes them: `GET /s/cases/:number`. */
export function routesOf(controller: Controller, handler: Handler): string[] {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  const verb = RequestMethod[method];
  return pathsOf(controller).flatMap((base) =>
    pathsOf(handler).map((path) => `${verb} ${joined(base, path)}`),
  );
}

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return path === undefined ? [] : [path].flat();
}

function joined(base: string, path: string): string {
  const parts = [base, path].flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${parts.join('/')}`;
}
