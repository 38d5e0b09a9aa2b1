import type { Catalogue } from '../catalogue';

export const viewer: Catalogue['viewer'] = {
  stage: '图像：{{label}}',
  keys: '加号和减号用于放大和缩小，方向键移动，0 显示全图，1 显示原始像素，E 显示眼部。',
  zoom: '缩放',
  closer: '放大',
  farther: '缩小',
  whole: '全图',
  oneToOne: '一比一：图像的原始像素',
  eyes: '眼部',
  eye: { both: '双眼', right: '右眼', left: '左眼' },
  hold: '按住：{{label}}',
  mode: '视图',
  slider: '滑动',
  side: '并排',
  difference: '差异',
  percent: '原始大小的 {{percent}}',
  loading: '正在读取全部像素…',
  coarse: '无法读取全部像素：这里显示的是缩小的副本。',
};
