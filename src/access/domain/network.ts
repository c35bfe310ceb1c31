/**
 * The network that an address belongs to, for counting: the first three numbers of IPv4, the first four groups of IPv6
 * (one subscriber has all that follow). Null for what is no address.
 */
export function networkOf(address: string | null): string | null {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(plain);
  if (four) return four[1] ?? null;
  const groups = groupsOf(plain);
  return groups === null ? null : groups.slice(0, 4).join(':');
}

/** What of an address is shown to whoever signed in from there: enough to know it again, not enough to find anybody. */
export function maskedAddress(address: string | null): string | null {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  const four = /^(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(plain);
  if (four) return `${four[1] ?? ''}.*.*`;
  const groups = groupsOf(plain);
  return groups === null ? null : `${groups.slice(0, 2).join(':')}:*`;
}

/** The eight groups of an IPv6 address written out; null when it is none. */
function groupsOf(address: string): string[] | null {
  if (!/^[\da-f:]{2,39}$/i.test(address) || !address.includes(':')) return null;
  const [head = '', tail, other] = address.split('::');
  if (other !== undefined) return null;
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...before, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...after];
  return all.every((group) => /^[\da-f]{1,4}$/i.test(group))
    ? all.map((group) => Number.parseInt(group, 16).toString(16))
    : null;
}
