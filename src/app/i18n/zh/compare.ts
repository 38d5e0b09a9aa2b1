import type { Catalogue } from '../catalogue';

export const compare: Catalogue['compare'] = {
  screen: '对比两次就诊',
  lead: '同一个人的两张照片，以双眼对齐叠放。还原后的照片最佳，受保护的照片也可以。',
  visit: '第 {{number}} 次就诊',
  choose: '选择第 {{number}} 次就诊的照片',
  change: '更换第 {{number}} 次就诊的照片',
  measuring: '正在测量眼睑…',
  view: '视图',
  slider: '滑动',
  side: '并排',
  measures: '眼睑测量',
  eye: { right: '右眼', left: '左眼' },
  mrd1: 'MRD1',
  mrd1Long: 'MRD1：瞳孔中心到上睑缘的距离',
  fissure: '睑裂',
  fissureLong: '睑裂高度：上下睑缘之间的距离',
  measure: '测量项',
  difference: '变化',
  millimetres: '{{value}} 毫米',
  limits: '这些数字有多可靠',
  limitsText:
    '毫米值以可见虹膜直径 11.7 毫米为比例；实际虹膜相差约半毫米，因此每个值可能有 5% 的误差。头部倾斜、注视方向不同、微笑或睑缘模糊，都容易使数值改变半毫米。小于 1 毫米的差异请视为没有差异。它们不能代替检查。',
  protectedNote: '在受保护的照片中，眼部可能移位，最多约为两眼间距的 1%。',
};
