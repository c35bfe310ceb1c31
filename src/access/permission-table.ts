import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { PermissionRow } from '../platform/web/permissions.js';

type Controller = abstract new (...args: never[]) => object;
type Handler = (...args: never[]) => unknown;

/** Every route that Nest serves has exactly one row, and every row a route; looked up by route at each request. */
export class PermissionTable {
  private readonly byRoute: ReadonlyMap<string, PermissionRow>;

  constructor(readonly rows: readonly PermissionRow[]) {
    this.byRoute = new Map(rows.map((row) => [row.route, row]));
  }

  row(route: string): PermissionRow | null {
    return this.byRoute.get(route) ?? null;
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
