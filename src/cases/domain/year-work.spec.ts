import { caseWork } from './year-work.js';

it('counts by cause and by outcome, and says nothing of what did not happen', () => {
  expect(
    caseWork([
      { cause: 'ILLNESS', state: 'CLOSED', cases: 3 },
      { cause: 'FIRE', state: 'PAID', cases: 1 },
      { cause: 'ILLNESS', state: 'REJECTED', cases: 2 },
      { cause: 'OTHER', state: 'WRITTEN_OFF', cases: 1 },
    ]),
  ).toEqual([
    { label: '受理急难救助申请', count: '7件' },
    { label: '事由：突发疾病', count: '5件' },
    { label: '事由：火灾', count: '1件' },
    { label: '事由：其他突发困难', count: '1件' },
    { label: '结果：决定给予救助', count: '4件' },
    { label: '结果：不予救助', count: '2件' },
    { label: '结果：救助以后撤销', count: '1件' },
  ]);
});

it('says of a year without cases that there were none', () => {
  expect(caseWork([])).toEqual([{ label: '受理急难救助申请', count: '0件' }]);
});
