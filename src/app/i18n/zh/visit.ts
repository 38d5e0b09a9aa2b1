import type { Catalogue } from '../catalogue';

export const visit: Catalogue['visit'] = {
  key: '密钥 {{id}}',
  menu: '本次就诊的密钥',
  since: '{{time}} 的就诊',
  saved: '密钥已保存。',
  unsaved: '密钥尚未保存。',
  next: '下一张照片使用同一把密钥。',
  end: '结束就诊',
  endHint: '本页面随即忘记照片和密钥，下一位会得到自己的密钥。',
  losing: {
    title: '有密钥尚未保存',
    text: '需要它的照片可能已离开本页面。没有密钥，任何人（包括您自己）都无法取回原图。',
    lose: '丢弃密钥',
    back: '返回',
  },
};

export const intake: Catalogue['intake'] = {
  drop: '松开即可打开',
  dropHint: '照片、受保护的照片或密钥均可，页面会自行识别。',
  looking: '正在查看文件…',
  protected: {
    title: '这张照片已受保护',
    text: '凭其密钥即可取回原图。',
    restore: '还原',
    protect: '再保护一次',
  },
  unsaved: {
    title: '受保护的照片尚未保存',
    text: '打开新照片时它将被关闭。',
    discard: '丢弃它，打开新照片',
  },
  visit: {
    title: '新照片是同一个人吗？',
    text: '同一次就诊的照片可以共用一把密钥。另一个人需要自己的密钥。',
    same: '同一个人，同一把密钥',
    fresh: '新的就诊，新的密钥',
  },
  keep: '返回',
};

export const send: Catalogue['send'] = {
  title: {
    saved: '两样都已保存，现在可以发送。',
    photoSent: '照片已发送，现在请发送密钥。',
    keySent: '密钥已发送，现在请发送照片。',
    sent: '两样都已发送。',
    package: '已发送给诊所。',
  },
  photo: '照片',
  photoText:
    '请将 {{name}} 以文件方式发送，不要作为图片发送：聊天软件会压缩图片，那样就无法取回完全相同的原图。',
  photoSentText:
    '{{name}} 是以文件方式发送的吗？聊天软件会压缩图片，那样就无法取回完全相同的原图：如果是作为图片发送的，请再发一次。',
  key: '密钥',
  keySentText: '如果它与照片走了同一途径，看到其一的人也能看到另一样：请确保只有您的医生能看到。',
  keyText: {
    none: '请通过与照片不同的途径发送 {{name}}：例如照片用邮件，密钥用聊天软件或打印在纸上。',
    passphrase: '它设有密码短语。请在电话中告知医生，不要写在同一条消息里。',
    clinic: '只有该诊所能打开，因此可与照片一起发送。',
    earlier: '就是您为上一张照片保存的那把。医生只需收到一次。',
  },
  copy: '复制邮件正文',
  message:
    '这是我眼部的受保护照片（{{photo}}）。密钥（{{key}}）会通过另一种途径给您。请打开 {{address}}，将两者拖放到页面中：原图会在您的浏览器中还原，不会上传任何内容。',
  messagePackage:
    '这是我眼部的受保护照片（{{photo}}）及其密钥，只有您能打开。请打开 {{address}}，将两者和您的身份文件拖放到页面中：原图会在您的浏览器中还原，不会上传任何内容。',
  print: '打印密钥',
  hidePrint: '隐藏打印的密钥',
  look: '再看一次照片',
};
