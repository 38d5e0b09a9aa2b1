export const visit = {
  key: 'Key {{id}}',
  menu: 'This visit’s key',
  since: 'Visit of {{time}}',
  saved: 'The key is saved.',
  unsaved: 'The key is not saved yet.',
  next: 'The next photo gets the same key.',
  end: 'End visit',
  endHint: 'This page then forgets photos and key, and the next person gets a key of their own.',
  losing: {
    title: 'A key is not saved yet',
    text: 'A photo that needs it may have left this page. Without the key nobody, not even you, ever gets the original back.',
    lose: 'Throw the key away',
    back: 'Go back',
  },
} as const;

export const intake = {
  drop: 'Drop to open',
  dropHint: 'A photo, a protected photo or a key: what it is, the page finds out.',
  looking: 'Looking into the file…',
  protected: {
    title: 'This photo is already protected',
    text: 'With its key you get the original back.',
    restore: 'Restore it',
    protect: 'Protect it once more',
  },
  unsaved: {
    title: 'Your protected photo is not saved',
    text: 'It closes when the new photo opens.',
    discard: 'Throw it away and open the new one',
  },
  visit: {
    title: 'Does the new photo show the same person?',
    text: 'Photos of one visit can share a key. Another person needs a key of their own.',
    same: 'Same person, same key',
    fresh: 'New visit, new key',
  },
  keep: 'Go back',
} as const;

export const send = {
  title: {
    saved: 'Both are saved. Now send them.',
    photoSent: 'The photo is sent. Now send the key.',
    keySent: 'The key is sent. Now send the photo.',
    sent: 'Both are sent.',
    package: 'It is sent to the clinic.',
  },
  photo: 'The photo',
  photoText:
    'Send {{name}} as a file or document, not as a picture: messengers shrink pictures, and then the exact original is gone.',
  photoSentText:
    'Did {{name}} go as a file or document? Messengers shrink pictures, and then the exact original is gone: if it went as a picture, send it once more.',
  key: 'The key',
  keySentText:
    'If it went the same way as the photo, whoever reads one reads the other: make sure that only your doctor can.',
  keyText: {
    none: 'Send {{name}} by another way than the photo: the photo by mail, say, and the key by messenger or on paper.',
    passphrase: 'It has a passphrase. Tell your doctor the passphrase by telephone, not in the same message.',
    clinic: 'Only the clinic can open it, so it may travel together with the photo.',
    earlier: 'It is the one you saved for the photo before. Your doctor needs it only once.',
  },
  copy: 'Copy a text for the mail',
  message:
    'Here is a protected photo of my eyes ({{photo}}). Its key ({{key}}) comes to you by another way. Open {{address}} and drop both there: the original comes back in your browser, and nothing is uploaded.',
  messagePackage:
    'Here are a protected photo of my eyes ({{photo}}) and its key, which only you can open. Open {{address}} and drop both there with your identity file: the original comes back in your browser, and nothing is uploaded.',
  print: 'Print the key',
  hidePrint: 'Hide the printed key',
  look: 'Look at the photo again',
} as const;
