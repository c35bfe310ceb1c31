import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Answered = { readonly method: string; readonly route: string; readonly status: number };
/** Name → what it means and its value now, by label where it has one. */
export type Reading = {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  readonly values: readonly { readonly label?: string; readonly value: number }[];
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/**
 * What a Prometheus reads. Labels are the templates of routes, methods, states and kinds of our own: never an address as
 * it was asked, an id, or a word of a person.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private isWatching = false;
  private readonly seconds = new Histogram({
    name: 'huzhu_request_seconds',
    help: 'Requests by route template and status, and how long they took',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly away = new Counter({
    name: 'huzhu_requests_turned_away_total',
    help: 'Requests that were told to come again, since too many were under way',
    registers: [this.registry],
  });
  private readonly atOnce = new Gauge({
    name: 'huzhu_requests_under_way',
    help: 'Requests under way',
    registers: [this.registry],
  });

  get contentType(): string {
    return this.registry.contentType;
  }

  answered({ method, route, status }: Answered, tookMs: number): void {
    this.seconds.observe({ method, route, status: String(status) }, tookMs / 1000);
  }

  turnedAway(): void {
    this.away.inc();
  }

  underWay(count: number): void {
    this.atOnce.set(count);
  }

  /** The text format of Prometheus: what was counted, and what is read now. */
  async text(readings: readonly Reading[]): Promise<string> {
    this.watchProcess();
    const now = new Registry();
    for (const { name, help, label, values } of readings) {
      if (values.length === 0) continue; // not known is not nought
      const gauge = new Gauge({ name, help, labelNames: label ? [label] : [], registers: [now] });
      for (const each of values) {
        if (label) gauge.set({ [label]: each.label ?? '' }, each.value);
        else gauge.set(each.value);
      }
    }
    return `${await this.registry.metrics()}\n${await now.metrics()}`;
  }

  /** Memory, processor, event loop: it goes on measuring, so only where somebody reads it. */
  private watchProcess(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    collectDefaultMetrics({ register: this.registry });
  }
}
