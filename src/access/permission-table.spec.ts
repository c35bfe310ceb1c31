import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { PermissionTable, routesOf } from './permission-table.js';
import { RouteCheck } from './route-check.js';

@Controller('s/cases')
class CasesPages {
  @Get()
  list(): string {
    return '';
  }

  @Post(':number/visits')
  visit(): string {
    return '';
  }

  helper(): string {
    return '';
  }
}

@Controller(['healthz', '/livez/'])
class HealthController {
  @Get(['/', 'deep'])
  live(): string {
    return '';
  }
}

const row = (route: string, roles: Role[] = ['chair']): PermissionRow => ({
  route,
  roles,
  act: 'do',
  scope: 'own-society',
  fields: [],
});
const COMPLETE = [
  'GET /s/cases',
  'POST /s/cases/:number/visits',
  'GET /healthz',
  'GET /healthz/deep',
  'GET /livez',
  'GET /livez/deep',
];

async function start(rows: readonly PermissionRow[]): Promise<string[]> {
  @Module({
    imports: [DiscoveryModule],
    controllers: [CasesPages, HealthController],
    providers: [RouteCheck, { provide: PermissionTable, useValue: new PermissionTable(rows) }],
  })
  class House {}
  const app = await NestFactory.create(House, new FastifyAdapter(), { logger: false, abortOnError: false });
  await app.init();
  const routes = app.get(RouteCheck).routes();
  await app.close();
  return routes;
}

const routesIn = (controller: typeof CasesPages | typeof HealthController, name: string) =>
  routesOf(controller, (controller.prototype as unknown as Record<string, () => string>)[name] ?? (() => ''));

it('reads the routes as the table writes them', () => {
  expect(routesIn(CasesPages, 'visit')).toEqual(['POST /s/cases/:number/visits']);
  expect(routesIn(CasesPages, 'helper')).toEqual([]);
  expect(routesIn(HealthController, 'live')).toEqual(COMPLETE.slice(2));
});

it('starts when each route has its row', async () => {
  expect(await start(COMPLETE.map((route) => row(route)))).toEqual(COMPLETE);
});

it.each([
  ['a route without a row', COMPLETE.slice(1), 'GET /s/cases: no permission row'],
  ['a row without a route', [...COMPLETE, 'GET /s/slip'], 'GET /s/slip: no such route'],
  ['two rows for a route', [...COMPLETE, 'GET /livez'], 'GET /livez: two permission rows'],
])('does not start with %s', async (_because, routes, fault) => {
  await expect(start(routes.map((route) => row(route)))).rejects.toThrow(fault);
});

it.each<[string, string | null, string]>([
  ['/s/cases', '/s/cases', 'a page'],
  ['/s/cases/1/visits', '/s/cases', 'only forms go there, and there is no page of the case'],
  ['/s/people/search', '/s/people', 'a form, and no person of that name'],
  ['/s/people/7/phone', '/s/people/7', 'the page of one'],
  ['/nowhere', null, 'nothing above it'],
  [`/${'a/'.repeat(140)}`, null, 'as long as it may be'],
])('the page at or above %s is %s: %s', (path, page) => {
  const rows = [
    ...['GET /', 'GET /s/cases', 'POST /s/cases/:number/visits', 'GET /s/people', 'POST /s/people/search'],
    ...['GET /s/people/:personId', 'POST /s/people/:id/phone'],
  ];
  expect(new PermissionTable(rows.map((route) => row(route))).pageAbove(path)).toBe(page);
});
