/**
 * The sentences of notices that a society, a town or a county may say in words of its own (domain.md 1.6): a closed list.
 * All other words are the templates', and figures come from rows alone.
 */
export const TEXT_KEYS = [
  'OBJECTION',
  'PERIOD',
  'NO_NAME',
  'REJECTION_NOTE',
  'ACCOUNTS_NOTE',
  'CLOSING',
] as const;
export type TextKey = (typeof TEXT_KEYS)[number];

/** What a text may leave open, written 【电话】: filled when the notice is drafted or signed, and never by a person. */
export const SLOTS = ['联系处', '电话', '地址', '期限', '起止'] as const;
export type Slot = (typeof SLOTS)[number];

export type TextRule = {
  readonly label: string;
  /** On which notices it stands, and where. */
  readonly where: string;
  /** In the words of the house, while nobody has others; empty where nothing is said then. */
  readonly usual: string;
  readonly slots: readonly Slot[];
  /** Of the slots, those without which it would say too little. */
  readonly needed: readonly Slot[];
  /** What it must say, since the law or the charter wants it said. */
  readonly mustSay: readonly MustSay[];
};

/** What is wanted, in words for whoever forgot it, and how it is known that it was said, and not its opposite. */
export type MustSay = { readonly words: string; readonly said: RegExp };

const saying = (words: string): MustSay => ({ words, said: new RegExp(words, 'u') });

/** Nobody need give a name: said as what one may do, so that 匿名 alone does not pass for it. */
const WITHOUT_NAME: MustSay = {
  words: '匿名',
  said: /匿名(?:(?:或|或者|和|与)实名)?(?:也|都|均)?(?:可|能|受理|行|反映|提|说|向|打|到|来)/u,
};

export const TEXTS: Readonly<Record<TextKey, TextRule>> = {
  OBJECTION: {
    label: '怎样提异议',
    where: '每张公示的末尾',
    usual: '公示期内如有异议，请实名或匿名向【联系处】反映（电话【电话】，地址【地址】）。',
    slots: ['联系处', '电话', '地址'],
    needed: ['联系处', '电话'],
    mustSay: [saying('异议'), WITHOUT_NAME],
  },
  PERIOD: {
    label: '公示多久',
    where: '每张公示写公示期的那一句',
    usual: '公示期：张贴次日起【期限】（计划【起止】）。',
    slots: ['期限', '起止'],
    needed: ['期限', '起止'],
    mustSay: [saying('公示期'), saying('次日')],
  },
  NO_NAME: {
    label: '不公开姓名的说明',
    where: '只写案号的救助公示，写在金额后面',
    usual: '按规定不公开姓名，案卷由监事查验。',
    slots: [],
    needed: [],
    mustSay: [saying('不公开姓名')],
  },
  REJECTION_NOTE: {
    label: '不予救助的说明',
    where: '不予救助公示，写在结果后面',
    usual: '按规定不公开申请人的姓名和住址。决定和理由已经书面告知申请人；申请人不服的，可以申请复核。',
    slots: [],
    needed: [],
    mustSay: [saying('书面告知'), saying('复核')],
  },
  ACCOUNTS_NOTE: {
    label: '在哪里查账',
    where: '季度收支公示和年度报告，写在账目后面',
    usual: '以上数字都取自账簿，每一笔可以在本社公开的账目里逐笔核对；凭证在【联系处】备查。',
    slots: ['联系处', '电话', '地址'],
    needed: ['联系处'],
    mustSay: [saying('账'), saying('查')],
  },
  CLOSING: {
    label: '结尾另加的一句',
    where: '每张公示的最后，不写就没有',
    usual: '',
    slots: ['联系处', '电话', '地址'],
    needed: [],
    mustSay: [],
  },
};

/** Only what is said otherwise than in the words of the house. */
export type OwnTexts = Readonly<Partial<Record<TextKey, string>>>;

/** The words that hold: the own ones, else those of the house. */
export function textOf(key: TextKey, own: OwnTexts | undefined): string {
  return (own !== undefined && Object.hasOwn(own, key) ? own[key] : undefined) ?? TEXTS[key].usual;
}

const SLOT = /【([^【】]*)】/gu;

export const slotsIn = (text: string): string[] => Array.from(text.matchAll(SLOT), ([, slot = '']) => slot);

export type Filling = Readonly<Partial<Record<Slot, string>>>;

/** Puts the values into their slots. What is put in is not read again, so that no value can open another slot. */
export function filled(text: string, filling: Filling): string {
  return text.replace(SLOT, (whole, slot: string) =>
    Object.hasOwn(filling, slot) ? (filling[slot as Slot] ?? whole) : whole,
  );
}

/** The office that answers to the public, from the charter: no person, and the one phone that a notice may hold. */
export type NoticeContact = { readonly office: string; readonly phone: string; readonly address: string };

export const contactFilling = ({ office, phone, address }: NoticeContact): Filling => ({
  联系处: office,
  电话: phone,
  地址: address,
});

/** A text as it was set: null takes back what stood there, so that the text from above holds again. */
export type SetText = {
  readonly key: TextKey;
  readonly text: string | null;
  /** 0 is the house itself, 1 whoever stands above it, and so on. */
  readonly floor: number;
};

/**
 * Of the texts in force, the latest of each house first: the society's own, else its town union's, else its federation's.
 * Who has taken its own back reads those from above.
 */
export function resolved(latestFirst: readonly SetText[]): {
  own: OwnTexts;
  floors: ReadonlyMap<TextKey, number>;
} {
  const floors = new Map<TextKey, number>();
  const own: Partial<Record<TextKey, string>> = {};
  const settled = new Set<string>();
  for (const { key, text, floor } of [...latestFirst].sort((a, b) => a.floor - b.floor)) {
    const place = `${key}/${floor}`;
    if (settled.has(place) || floors.has(key)) continue;
    settled.add(place);
    if (text === null) continue;
    floors.set(key, floor);
    own[key] = text;
  }
  return { own, floors };
}
