import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PermissionTable, routesOf } from './permission-table.js';

type Controller = abstract new (...args: never[]) => object;

/**
 * A route without a row keeps the program from starting, and so does a row without a route (architecture.md 5). Asked
 * before anything of the program runs, timers included.
 */
@Injectable()
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly table: PermissionTable,
  ) {}

  onModuleInit(): void {
    const faults = this.table.faults(this.routes());
    if (faults.length > 0)
      throw new Error(`The permission table does not fit the routes:\n- ${faults.join('\n- ')}`);
  }

  routes(): string[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, (...args: never[]) => unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        return handler ? routesOf(metatype as Controller, handler) : [];
      });
    });
  }
}
