import type { Catalogue } from '../catalogue';

/** For a table at a conference. */
export const stand: Catalogue['stand'] = {
  title: '亲自试一试',
  shown: '您的照片，以及别人看到的',
  lead: '拍一张照片，或选择一位并不存在的人。照片只在本设备上处理，不会保存。',
  camera: '使用摄像头',
  samples: '或选择以下并不存在的人：',
  forgets: '最后一次触碰 {{count}} 秒后，一切都会被清除。',
  leave: '离开',
  beside: '原图旁边显示',
  view: { protected: '受保护', restored: '使用密钥', 'wrong-key': '使用错误的密钥' },
  says: {
    restored: '使用密钥可以取回原图。',
    'wrong-key': '错误的密钥得不到任何人。',
  },
  coming: '请稍候…',
  next: '清除，下一位',
};
