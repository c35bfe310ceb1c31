import { acs3, bodyHash, canonicalQuery, percentEncoded, tc3 } from './signatures.js';

/** The worked example of Alibaba Cloud's page “V3 request syntax and signature”. */
it('signs the published example of ACS3-HMAC-SHA256', () => {
  const call = {
    method: 'POST',
    path: '/',
    query: canonicalQuery({
      RegionId: 'cn-shanghai',
      ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
    }),
    headers: {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': bodyHash(''),
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    },
    body: '',
  } as const;
  expect(acs3(call, 'YourAccessKeyId', 'YourAccessKeySecret')).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

/** The worked example of Tencent Cloud's page “Signature v3”, whose secret key is 32 stars. */
it('signs the published example of TC3-HMAC-SHA256', () => {
  const call = {
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      host: 'cvm.tencentcloudapi.com',
      'x-tc-action': 'describeinstances',
    },
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  } as const;
  const at = new Date(1551113065_000);
  const by = { keyId: 'AKID********************************', keySecret: '*'.repeat(32), service: 'cvm', at };
  expect(tc3(call, by)).toBe(
    'TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
  );
});

it.each([
  ['a b', 'a%20b'],
  ["!'()*", '%21%27%28%29%2A'],
  ['-_.~', '-_.~'],
  ['柳溪', '%E6%9F%B3%E6%BA%AA'],
])('writes %j as %s', (text, encoded) => {
  expect(percentEncoded(text)).toBe(encoded);
});
