/**
 * The words of which the sentences of notices are made, and of no others: so that no name, no number, nothing that is said
 * of somebody and no opposite of what must be said gets onto a wall. 不 stands in whole words of its own alone.
 */
const WORDS: ReadonlySet<string> = new Set(
  [
    // The society and its people, by office.
    '本社 本会 本单位 本村 本镇 本县 互助社 联合社 慈善总会 总会 慈善会 理事会 监事会 理事 监事 理事长 秘书长 会计 出纳 工作人员',
    '村委会 村民 村民小组 镇政府 县政府 政府 民政 民政办 民政局 民政部门 业务主管单位 主管单位 登记机关 上级 镇里 县里 村里',
    '会员 捐赠人 爱心人士 好心人 申请人 本人 家属 家庭 困难家庭 困难群众 群众 大家 各位 众人 任何人 社会 社会各界 邻里 乡亲 父老乡亲',
    // Notices and what is done with them.
    '公示 本公示 公示期 公示期内 公示期间 公示期满 公示栏 张贴 张贴之日 次日 次日起 之日 当日 期内 期间 期限 期满 期 计划 起算 算起 计算 开始 截止 截至 为止',
    '异议 意见 建议 疑问 问题 情况 有关情况 反映 提出 提 说 说明 当面 当面说 书面 口头 来信 来访 来电 致电 打电话 打 电话 地址 联系 联系处 投诉 举报 举报人',
    '实名 匿名 受理 登记 核实 查 核查 核对 逐笔 逐笔核对 查看 查询 查阅 查验 查账 答复 回复 告知 书面告知 通知 复核 申请复核 申请 救助 不予救助 急难 急难救助',
    '决定 决议 结果 审议结果 理由 原因 表决 审议 审核 评审 保密 姓名 住址 信息 个人信息 隐私 案号 案卷 材料 资料 票据',
    // What is said with a no of its own.
    '不公开 不公开姓名 不服 不明白 不清楚 不写姓名 不留姓名 不写名字 不留名',
    // Books and money.
    '账 账簿 账目 账上 收支 收支情况 收入 支出 结余 数字 以上数字 凭证 单据 备查 存放 存 取自 每一笔 每笔 捐款 捐赠 善款 款项 钱 公开 公布 公众 网上 上网',
    // Thanks and welcome.
    '感谢 谢谢 衷心感谢 感谢大家 支持 关心 关爱 帮助 帮 参与 监督 欢迎 欢迎大家 共同 一起 携手 善心 爱心 慈善 慈善事业 互助 互助互济 邻里守望 守望相助',
    '一方有难 众人相帮 八方支援 扶危济困 困难 遇到困难 有困难 急事 大事 难事 事 有事 事情 来问 问 咨询 了解 详情 找 联系我们 我们',
    // Little words.
    '请 的 可 可以 也 都 均 就 将 会 已 已经 要 应 应当 行 能 能够 有 无误 如 如有 如果 若 若有 凡 对 对于 向 到 在 从 自 由 以 按 按照 按规定 依照 依据 根据 规定 章程 法律 制度',
    '和 与 及 以及 或 或者 并 并且 及时 随时 直接 同时 其中 为 是 共 共计 一律 内 外 前 后 以前 以后 上 下 中 来 去 给 把 用 者 这 这里 里 该 此 每 各 等 办理 处 处理 工作日 上班时间 办公时间 办公室 窗口',
    '不明白的 要求 本人要求 需要 需 方式 途径 渠道 均可 即可 如下 特此公示 特此说明 为准 予以 进行 收到 作出 对象 上述 以上 相关 有关',
  ].flatMap((line) => line.split(' ')),
);

const LONGEST = Math.max(...Array.from(WORDS, (word) => word.length));

/** How far a clause is made of words of notices, in characters: all of it, where it is fit. */
export function knownLength(clause: string): number {
  const reached = new Set([0]);
  let furthest = 0;
  for (let from = 0; from < clause.length; from++) {
    if (!reached.has(from)) continue;
    furthest = from;
    for (let length = 1; length <= LONGEST; length++)
      if (WORDS.has(clause.slice(from, from + length)) && from + length <= clause.length)
        reached.add(from + length);
  }
  return reached.has(clause.length) ? clause.length : furthest;
}
