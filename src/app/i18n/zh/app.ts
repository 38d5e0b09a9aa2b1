import type { Catalogue } from '../catalogue';

export const app: Catalogue['app'] = {
  name: 'ROFI',
  tagline: '眼科面部隐私保护',
  skip: '跳到正文',
  navigation: '主导航',
  nav: { protect: '保护', restore: '还原', compare: '对比', keys: '密钥', about: '关于' },
  title: '{{screen}} · ROFI',
  theme: { label: '外观', system: '跟随设备', light: '浅色', dark: '深色' },
  language: '语言',
  settings: '设置',
  loading: '正在加载…',
  update: {
    title: '新版本已就绪',
    text: '重新加载后生效。',
    afterRun: '正在处理的照片完成后即可重新加载。',
    saveFirst: '请先保存照片和密钥：重新加载会清除它们。',
    reload: '立即重新加载',
    later: '以后再说',
  },
  breakdown: {
    title: '页面的这一部分出错了',
    text: '您的文件完好无损。请重试；若再次发生，请重新加载页面。',
    withKey: '请先保存下面的密钥：它只存在于本页面。然后重试，或重新加载页面。',
    reload: '重新加载页面',
  },
};

export const common: Catalogue['common'] = {
  cancel: '取消',
  close: '关闭',
  retry: '重试',
  remove: '移除',
  choosePhoto: '选择照片',
  startOver: '重新开始',
  photoName: '照片：{{name}}',
  faceOf: '第 {{face}} 张脸，共 {{faces}} 张',
  original: '原图',
  protected: '已保护',
  restored: '已还原',
  beforeAfter: '对比{{before}}与{{after}}',
  yes: '是',
  no: '否',
  copied: '已复制',
  isThere: '是的，已在那里',
};

export const steps: Catalogue['steps'] = {
  'load-networks': '加载网络',
  decode: '读取照片',
  'find-faces': '查找人脸',
  align: '对齐人脸',
  'find-signs': '寻找眼部体征',
  'draw-virtual-face': '绘制密钥对应的虚拟人脸',
  translate: '替换人脸，保留眼部',
  blend: '融合到照片中',
  seal: '用密钥封存原图',
  encode: '写入文件',
  'check-recognition': '检查：能否认出本人？',
  'check-eyes': '检查：眼部是否移位？',
  'check-faces': '再次查看成品图像',
  'check-restoration': '检查：能否还原？',
  'open-record': '打开封存的记录',
  restore: '还原人脸',
};

export const models: Catalogue['models'] = {
  title: '下载一次，即可离线使用',
  text: '照片从不上传到服务器，因此需要把网络和运行它们的程序下载到您的设备。网络经过校验；下载内容均保存在本设备上，可在“关于”中删除。',
  download: '下载 {{size}}',
  downloading: '正在下载网络',
  received: '已收到 {{received}}，共 {{total}}',
  waiting: '您的照片在此等候，下载后立即打开。',
  preparing: '正在启动网络并在本设备上自检',
};
