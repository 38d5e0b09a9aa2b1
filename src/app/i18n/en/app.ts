export const app = {
  name: 'ROFI',
  tagline: 'Face privacy for eye medicine',
  skip: 'Skip to content',
  navigation: 'Main',
  nav: { protect: 'Protect', restore: 'Restore', compare: 'Compare', keys: 'Keys', about: 'About' },
  title: '{{screen}} · ROFI',
  theme: { label: 'Appearance', system: 'As the device', light: 'Light', dark: 'Dark' },
  language: 'Language',
  settings: 'Settings',
  loading: 'Loading…',
  update: {
    title: 'A new version is ready',
    text: 'It takes over when you reload.',
    afterRun: 'You can reload as soon as the photo in work is done.',
    saveFirst: 'Save your photo and key first: a reload clears them.',
    reload: 'Reload now',
    later: 'Later',
  },
  breakdown: {
    title: 'This part of the page has failed',
    text: 'Your files are unharmed. Try again; if it happens again, reload the page.',
    withKey:
      'Save the key below before anything else: it exists only in this page. Then try again, or reload the page.',
    reload: 'Reload the page',
  },
} as const;

export const common = {
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Try again',
  remove: 'Remove',
  choosePhoto: 'Choose a photo',
  startOver: 'Start over',
  photoName: 'Photo: {{name}}',
  faceOf: 'face {{face}} of {{faces}}',
  original: 'Original',
  protected: 'Protected',
  restored: 'Restored',
  beforeAfter: 'Compare {{before}} and {{after}}',
  yes: 'Yes',
  no: 'No',
  copied: 'Copied',
  isThere: 'Yes, it is there',
} as const;

export const steps = {
  'load-networks': 'Loading the networks',
  decode: 'Reading the photo',
  'find-faces': 'Finding faces',
  align: 'Aligning the face',
  'find-signs': 'Looking for eye signs',
  'draw-virtual-face': 'Drawing the key’s virtual person',
  translate: 'Replacing the face, keeping the eyes',
  blend: 'Blending into the photo',
  seal: 'Sealing the original under the key',
  encode: 'Writing the file',
  'check-recognition': 'Checking: is the person recognised?',
  'check-eyes': 'Checking: did the eyes move?',
  'check-restoration': 'Checking: can it be restored?',
  'open-record': 'Opening the sealed record',
  restore: 'Restoring the face',
} as const;

export const models = {
  title: 'One download, then it works offline',
  text: 'Your photo never goes to a server, so the networks come to you, and with them {{program}} of program. All is checked, kept on this device and can be removed under About.',
  download: 'Download {{size}}',
  downloading: 'Downloading the networks',
  received: '{{received}} of {{total}}',
  waiting: 'Your photo is waiting here and opens right after.',
  preparing: 'Starting the networks and testing them on this device',
} as const;
