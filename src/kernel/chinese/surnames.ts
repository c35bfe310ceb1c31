/** Compound surnames in use today, simplified, and the common ones in the old form that some papers still carry. */
export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  (
    '欧阳 上官 皇甫 令狐 诸葛 司徒 司马 申屠 夏侯 贺兰 完颜 慕容 尉迟 长孙 宇文 公孙 钟离 闻人 东方 南宫 西门 独孤 轩辕 呼延 ' +
    '端木 万俟 赫连 澹台 濮阳 淳于 单于 太史 太叔 公冶 宗政 公羊 公西 仲孙 鲜于 闾丘 司空 司寇 亓官 巫马 颛孙 漆雕 乐正 壤驷 ' +
    '公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 羊舌 微生 梁丘 左丘 东门 南荣 东里 东宫 第五 达奚 纳兰 耶律 哥舒 仲长 即墨 ' +
    '褚师 子车 屈突 叱干 破多罗 爱新觉罗 叶赫那拉 ' +
    '歐陽 諸葛 司馬 東方 南宮 西門 獨孤 軒轅 長孫 公孫 鍾離 聞人 尉遲 赫連 濮陽 鮮于 賀蘭 完顏 單于'
  ).split(' '),
);
