import { maskedAddress, networkOf } from './network.js';

it.each([
  ['182.96.14.7', '182.96.14', '182.96.*.*', 'IPv4'],
  ['::ffff:182.96.14.7', '182.96.14', '182.96.*.*', 'IPv4 as a socket for both writes it'],
  ['2409:8a20:04d2:0::1', '2409:8a20:4d2:0', '2409:8a20:*', 'IPv6, its zeros left out'],
  ['2409:8a20:4d2:0:1:2:3:4', '2409:8a20:4d2:0', '2409:8a20:*', 'IPv6 in full: the same network'],
  ['::1', '0:0:0:0', '0:0:*', 'this machine'],
])('%s belongs to %s and is shown as %s (%s)', (address, network, shown) => {
  expect(networkOf(address)).toBe(network);
  expect(maskedAddress(address)).toBe(shown);
});

it.each([[null], [''], ['localhost'], ['1.2.3'], ['1:2:3'], ['::1::2'], ['1:2:3:4:5:6:7:8:9'], ['12345::1']])(
  '%j is no address',
  (address) => {
    expect([networkOf(address), maskedAddress(address)]).toEqual([null, null]);
  },
);
