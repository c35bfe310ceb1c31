import { setTimeout as sleep } from 'node:timers/promises';
import { BEHIND_MS, Lanes } from './lanes.js';

const soon = () => performance.now() + 5_000;

describe('a lane', () => {
  it('lets one in at a time, in the order of asking, and is gone when the last has left', async () => {
    const lanes = new Lanes();
    const order: number[] = [];
    let [inside, most] = [0, 0];
    const go = async (n: number) => {
      const place = lanes.placeIn('a', soon());
      await place.take();
      await place.take(); // once is enough
      inside += 1;
      most = Math.max(most, inside);
      order.push(n);
      await sleep(1);
      inside -= 1;
      place.leave();
    };
    await Promise.all([1, 2, 3, 4, 5].map(go));
    await sleep(1);
    expect({ order, most, lanes: lanes.size }).toEqual({ order: [1, 2, 3, 4, 5], most: 1, lanes: 0 });
  });

  it('holds up nobody in another, nobody who names none, and nobody where it is empty', async () => {
    const lanes = new Lanes();
    await lanes.placeIn('a', soon()).take();
    await lanes.placeIn('b', soon()).take();
    await lanes.placeIn(undefined, soon()).take();
    await lanes.placeIn('c', soon()).behindOthers();
    expect(lanes.size).toBe(2);
  });

  it('has whoever comes later behind those who met', async () => {
    const lanes = new Lanes();
    const first = lanes.placeIn('a', soon());
    await first.take();
    let isIn = false;
    const second = lanes.placeIn('a', soon()).behindOthers();
    void second.then(() => {
      isIn = true;
    });
    await sleep(5);
    expect(isIn).toBe(false);
    first.leave();
    await second;
    expect(isIn).toBe(true);
  });

  it('is left by whoever has waited too long, and the next goes on when the one before is done', async () => {
    const lanes = new Lanes();
    const [first, late, next] = [soon(), performance.now() + 5, soon()].map((at) => lanes.placeIn('a', at));
    await first?.take();
    const [waited, turn] = [late?.take(), next?.take()];
    expect(await waited).toBe(false);
    let isIn = false;
    void turn?.then(() => {
      isIn = true;
    });
    await sleep(5);
    expect(isIn).toBe(false);
    first?.leave();
    await turn;
    expect(isIn).toBe(true);
  });

  it('keeps nobody who wants other rows for longer than a second', async () => {
    const lanes = new Lanes();
    await lanes.placeIn('a', soon()).take();
    const began = performance.now();
    await lanes.placeIn('a', soon()).behindOthers();
    expect(performance.now() - began).toBeGreaterThanOrEqual(BEHIND_MS - 50);
    expect(lanes.size).toBe(1);
  });
});
