import { Injectable } from '@nestjs/common';
import { Sealing } from '../../platform/crypto/sealing.js';
import type { ReceiptContent } from '../domain/receipt-paper.js';

/** A receipt holds the full name of its payer: it is sealed to its own row. */
@Injectable()
export class ReceiptSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(receiptId: string, content: ReceiptContent): string {
    return this.sealing.seal(JSON.stringify(content), placeOf(receiptId));
  }

  open(receiptId: string, sealed: string): ReceiptContent {
    return JSON.parse(this.sealing.open(sealed, placeOf(receiptId))) as ReceiptContent;
  }
}

const placeOf = (receiptId: string): string => `receipts/content/${receiptId}`;
