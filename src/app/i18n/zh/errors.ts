import type { Catalogue } from '../catalogue';

export const errors: Catalogue['errors'] = {
  'not-an-image': {
    title: '这不是照片',
    text: '文件中没有图像。请选择照片，例如 JPEG、PNG、WebP 或 HEIC 文件。',
  },
  'cannot-decode': {
    title: '无法读取照片',
    text: '这个 {{format}} 文件已损坏，或缺少部分图像。请重新从相机复制，或选择另一张照片。',
  },
  'empty-file': { title: '文件是空的', text: '文件没有内容，可能复制中断。请重新复制后再选择。' },
  'too-large': {
    title: '照片太大',
    text: '照片有 {{megapixels}} 百万像素、{{megabytes}} MB。最多可读取 {{maxMegapixels}} 百万像素、{{maxMegabytes}} MB：请缩小后再选择。',
  },
  'unsupported-format': {
    title: '此处无法读取 {{format}}',
    text: '请在原来的程序中打开文件，将其中的图像另存或分享为 JPEG 后再选择。如果文件在传输中被截断，请重新复制。',
  },
  'decoder-missing': {
    title: '读取 {{format}} 还需要一次下载',
    text: '无法加载本页面中读取这种照片的部分。请联网后重新选择照片，或将其另存为 JPEG。',
  },
  'dicom-no-photo': {
    title: '此 DICOM 文件中没有照片',
    text: '它的类型是“{{kind}}”。可以读取照片类文件（VL Photographic、Ophthalmic Photography 8 Bit、Secondary Capture）：请导出照片本身后再选择。',
  },
  'dicom-coding': {
    title: '此处无法读取这个 DICOM 文件的像素',
    text: '其像素以“{{coding}}”方式存储。请以未压缩或 JPEG 方式重新导出，然后再选择。',
  },
  'no-face': {
    title: '没有找到人脸',
    text: '如果照片中有完整的人脸，请手动标出双眼。特写或侧面照没有可以替换的面孔：请手动遮盖不需要的部分。认识所保留眼睛的人仍可能认出。',
  },
  'face-too-small': {
    title: '人脸太小',
    text: '两眼外眼角之间为 {{pixels}} 像素，至少需要 {{minimum}} 像素。请靠近拍摄，选择更大的照片，或改为遮盖人脸。',
  },
  'face-turned': {
    title: '头部转动过大',
    text: '只有镜头能看到的面部才能被替换。请选择能看到双侧面颊的照片，或改为遮盖此人脸。',
  },
  'not-protected': {
    title: '这不是受保护的照片',
    text: '其中没有 ROFI 记录。请选择在此保存的原始文件，而不是截图或转发的副本。',
  },
  'damaged-file': {
    title: '受保护的照片被改动过',
    text: '封存部分已被更改，无法完整返回原图。请重新索取文件，或仅从像素还原。',
  },
  'unsupported-version': {
    title: '由更新的版本制作',
    text: '此文件来自更新的版本。请重新加载页面以更新，然后重试。',
  },
  'wrong-key': { title: '此密钥与照片不符', text: '照片没有问题。请索取与照片一同保存的密钥文件。' },
  'key-fits-nowhere': {
    title: '此密钥在照片中找不到任何内容',
    text: '密钥属于另一张照片，或此副本被过度压缩、缩小或编辑。请核对密钥，并索取保存时的原始文件。',
  },
  'changed-too-much': {
    title: '此副本中留下的面部信息太少',
    text: '密钥相符，但图像在保存后被过度压缩、缩小或编辑。请索取保存时的原始文件。',
  },
  'only-covered': {
    title: '此照片中的面孔是被遮盖的',
    text: '面孔未被替换，因此无法从像素中还原。请索取保存时的原始文件：其中可能封存了原图。',
  },
  'not-a-key': { title: '这不是密钥', text: '请选择与照片一同保存的 .rofikey 文件，或扫描打印的密钥单。' },
  'damaged-key': { title: '密钥已损坏', text: '密钥被更改或不完整。请使用另一份密钥文件，或打印的密钥单。' },
  'key-locked': { title: '密钥已上锁', text: '请输入密码短语，或打开该密钥所属诊所的身份文件。' },
  'wrong-passphrase': {
    title: '无法打开密钥',
    text: '请逐字检查密码短语，或使用该密钥所属诊所的身份文件。',
  },
  'not-a-recipient': {
    title: '此身份无法打开该密钥',
    text: '该密钥是为另一家诊所上锁的。请打开对应诊所的身份文件。',
  },
  'invalid-identity': {
    title: '这不是身份文件',
    text: '请选择诊所在“密钥”页面保存的文件，其中有一行以“AGE-SECRET-KEY-1”开头。',
  },
  'identity-unsaved': {
    title: '当前打开的身份尚未保存',
    text: '打开另一个会使它丢失，患者为它上锁的每一把密钥也随之失效。请先在“密钥”页面保存或关闭它，再打开另一个。',
  },
  'invalid-recipient': {
    title: '这不是诊所的公钥',
    text: '公钥以“age1”开头。请从诊所的网页或信件中完整复制。',
  },
  'pixels-only': { title: '此照片没有封存原图', text: '保存时选择了“仅像素”。您仍可用密钥从像素还原人脸。' },
  'model-missing': {
    title: '准备没有完成',
    text: '请检查网络连接后重试；若仍失败，请重新加载页面。完整下载一次后便不再需要连接。',
  },
  'model-corrupt': {
    title: '下载的文件未通过校验',
    text: '收到的内容与发布的不一致，因此不予使用。请重新加载页面后重试；若仍失败，请告知本页面的运营者。',
  },
  'backend-failed': {
    title: '处理工具无法在本设备上运行',
    text: '请关闭其他标签页后重试，或使用最新的 Chrome、Edge、Firefox 或 Safari。',
  },
  'webgl-missing': {
    title: '图形功能已关闭',
    text: '查找人脸需要 WebGL。请在浏览器设置中开启硬件加速，然后重新加载。',
  },
  'out-of-memory': {
    title: '内存不足',
    text: '请关闭其他标签页后重试，或选择较小的照片。已有的结果不受影响。',
  },
  'worker-lost': { title: '处理意外中断', text: '页面已恢复，您的照片仍在。请重试。' },
  aborted: { title: '已取消', text: '没有任何改动，您可以随时重新开始。' },
  internal: { title: '出了点问题', text: '您的文件完好无损。请重试；若再次发生，请重新加载页面。' },
  camera: {
    denied: { title: '相机被阻止', text: '请在浏览器地址栏允许本页面使用相机后重试，或改为选择照片。' },
    absent: { title: '没有找到相机', text: '请连接相机后重试，或改为选择照片。' },
    noPicture: { title: '未能拍摄', text: '相机没有给出图像。请稍候重试，或改为选择照片。' },
    busy: { title: '无法打开相机', text: '可能被其他程序占用。请关闭该程序后重试，或改为选择照片。' },
  },
};
