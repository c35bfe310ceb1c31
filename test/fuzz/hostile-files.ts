import sharp from 'sharp';
import type { Random } from './random.js';

/** A file that no honest phone sends, and what is wrong with it. */
export type Hostile = { readonly why: string; readonly bytes: Buffer };

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const noise = (random: Random, length: number) =>
  Buffer.from(Array.from({ length }, () => random.below(256)));

/** One of each kind, of another content each time. */
export async function hostileFiles(): Promise<((random: Random) => Hostile)[]> {
  const blank = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } });
  const photo = await blank(400).jpeg().toBuffer();
  const [flood, plain] = [await blank(10_000).png().toBuffer(), await blank(400).png().toBuffer()];
  const text = (why: string, words: string) => (): Hostile => ({ why, bytes: Buffer.from(words) });
  return [
    (random) => ({ why: 'noise', bytes: noise(random, 500 + random.below(3000)) }),
    (random) => ({ why: 'the head of a JPEG, and noise', bytes: Buffer.concat([JPEG, noise(random, 900)]) }),
    (random) => ({ why: 'the head of a PNG, and noise', bytes: Buffer.concat([PNG, noise(random, 900)]) }),
    (random) => ({ why: 'a JPEG that breaks off', bytes: photo.subarray(0, 40 + random.below(200)) }),
    (random) => ({ why: 'a PNG that breaks off', bytes: plain.subarray(0, 20 + random.below(30)) }),
    () => ({ why: 'a hundred million pixels', bytes: flood }),
    text('SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    text(
      'SVG with an entity',
      '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    ),
    text('HTML', '<!doctype html><script>alert(document.cookie)</script>'),
    text('GIF', 'GIF89a/*\u0001\u0000\u0001\u0000*/=1;alert(1)'),
    text('a script', '#!/bin/sh\nrm -rf /\n'),
    text('PDF', '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
    text('a program', 'MZ\u0090\u0000\u0003'),
    text('an archive', 'PK\u0003\u0004'),
    text('HTML before a JPEG', '<script>alert(1)</script>\u00ff\u00d8\u00ff'),
  ];
}

/** A photo as phones take it, with the place in it, and a stranger's file behind its end. */
export async function photoWithSecrets(): Promise<Buffer> {
  const photo = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#fa0' } })
    .withExif({
      IFD0: { Artist: 'SECRET-ARTIST' },
      IFD3: { GPSLatitude: '31/1 50/1 0/1', GPSLatitudeRef: 'N' },
    })
    .jpeg()
    .toBuffer();
  return Buffer.concat([photo, Buffer.from('PK\u0003\u0004SECRET-TAIL<script>alert(1)</script>')]);
}
