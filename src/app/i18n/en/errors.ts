export const errors = {
  'not-an-image': {
    title: 'This is not a photo',
    text: 'The file does not hold a picture. Choose a photo, such as a JPEG, PNG, WebP or HEIC file.',
  },
  'cannot-decode': {
    title: 'The photo cannot be read',
    text: 'The {{format}} file is damaged, or a part of its picture is missing. Copy it from the camera again, or choose another photo.',
  },
  'empty-file': {
    title: 'The file is empty',
    text: 'It has no content. The copy may have been cut short: copy it again and choose the new copy.',
  },
  'too-large': {
    title: 'The photo is too large',
    text: 'It has {{megapixels}} megapixels and {{megabytes}} MB. Up to {{maxMegapixels}} megapixels and {{maxMegabytes}} MB can be read: make it smaller and choose it again.',
  },
  'unsupported-format': {
    title: '{{format}} cannot be read here',
    text: 'Open the file in the program it comes from, save or share its picture as JPEG, and choose that. If it was cut short on the way, copy it again.',
  },
  'decoder-missing': {
    title: '{{format}} needs one more download',
    text: 'The part of this page that reads such a photo could not be loaded. Go online and choose the photo again, or save it as JPEG.',
  },
  'dicom-no-photo': {
    title: 'This DICOM file holds no photograph',
    text: 'It is of the kind “{{kind}}”. Photographs are read (VL Photographic, Ophthalmic Photography 8 Bit, Secondary Capture): export the photograph itself and choose that.',
  },
  'dicom-coding': {
    title: 'The pixels of this DICOM file cannot be read here',
    text: 'They are stored as “{{coding}}”. Export the file again uncompressed or as JPEG, and choose that.',
  },
  'no-face': {
    title: 'No face was found',
    text: 'If the photo shows a whole face, mark its two eyes by hand. A close-up or a side view holds no face that could be replaced: cover by hand what is not needed. Whoever knows the eyes that stay may know them again.',
  },
  'face-too-small': {
    title: 'The face is too small',
    text: 'The eyes are {{pixels}} pixels apart from corner to corner, and at least {{minimum}} are needed. Take the photo from closer, or choose a larger copy, or cover the face instead.',
  },
  'face-turned': {
    title: 'The head is turned too far',
    text: 'A face can only be replaced where the camera sees it. Choose a photo that shows both cheeks, or cover this face instead.',
  },
  'not-protected': {
    title: 'This is not a protected photo',
    text: 'It carries no ROFI record. Choose the photo as it was saved here, not a screenshot or a forwarded copy.',
  },
  'damaged-file': {
    title: 'The protected photo was changed',
    text: 'Its sealed part was altered, so the original cannot be returned unharmed. Ask for the file again, or restore from the pixels alone.',
  },
  'unsupported-version': {
    title: 'Made by a newer version',
    text: 'This file comes from a newer version of this page. Reload the page to update it, then try again.',
  },
  'wrong-key': {
    title: 'This key does not fit this photo',
    text: 'Nothing is wrong with the photo. Ask for the key file that was saved together with it.',
  },
  'key-fits-nowhere': {
    title: 'This key finds nothing in this photo',
    text: 'It belongs to another photo, or this copy was compressed, made smaller or edited too much. Check the key, and ask for the photo as it was saved.',
  },
  'changed-too-much': {
    title: 'Too little of the face is left in this copy',
    text: 'The key fits, but the picture was compressed, made smaller or edited too much since. Ask for the photo as it was saved.',
  },
  'only-covered': {
    title: 'The face in this photo is covered',
    text: 'It was not replaced, so nothing comes back from the pixels. Ask for the photo as it was saved: the original may be sealed in it.',
  },
  'not-a-key': {
    title: 'This is not a key',
    text: 'Choose the .rofikey file that was saved with the photo, or scan its printed key sheet.',
  },
  'damaged-key': {
    title: 'The key is damaged',
    text: 'It was changed or cut short. Use another copy of the key file, or the printed key sheet.',
  },
  'key-locked': {
    title: 'The key is locked',
    text: 'Enter its passphrase, or open the clinic’s identity file that it was made for.',
  },
  'wrong-passphrase': {
    title: 'That does not open the key',
    text: 'Check the passphrase letter by letter, or use the identity file of the clinic it was made for.',
  },
  'not-a-recipient': {
    title: 'This identity does not open the key',
    text: 'The key was locked for another clinic. Open the identity file of the clinic it was made for.',
  },
  'invalid-identity': {
    title: 'This is not an identity file',
    text: 'Choose the file that the clinic saved under Keys, with a line that begins with “AGE-SECRET-KEY-1”.',
  },
  'identity-unsaved': {
    title: 'The identity that is open is not saved yet',
    text: 'It would be lost, and with it every key that patients lock for it. Save or close it under Keys, then open the other one.',
  },
  'invalid-recipient': {
    title: 'This is not a clinic’s public key',
    text: 'A public key begins with “age1”. Copy it whole from the clinic’s page or letter.',
  },
  'pixels-only': {
    title: 'This photo carries no sealed original',
    text: 'It was saved as “pixels only”. You can still restore the face from its pixels with the key.',
  },
  'model-missing': {
    title: 'The setup did not finish',
    text: 'Check the connection and try again; if it stays, reload the page. After one complete download no connection is needed.',
  },
  'model-corrupt': {
    title: 'A downloaded file failed its check',
    text: 'What arrived is not what was published, so it is not used. Reload the page and try again; if it stays, tell whoever runs this page.',
  },
  'backend-failed': {
    title: 'The tool does not run on this device',
    text: 'Close other tabs and try again, or use an up-to-date Chrome, Edge, Firefox or Safari.',
  },
  'webgl-missing': {
    title: 'Graphics are switched off',
    text: 'Finding faces needs WebGL. Turn on hardware acceleration in the browser’s settings, then reload.',
  },
  'out-of-memory': {
    title: 'Not enough memory',
    text: 'Close other tabs and try again, or choose a smaller photo. Results you already have are safe.',
  },
  'worker-lost': {
    title: 'The work stopped unexpectedly',
    text: 'The page has recovered and your photo is still here. Try again.',
  },
  aborted: { title: 'Cancelled', text: 'Nothing was changed. You can start again at any time.' },
  internal: {
    title: 'Something went wrong',
    text: 'Your files are unharmed. Try again; if it happens again, reload the page.',
  },
  camera: {
    denied: {
      title: 'The camera is blocked',
      text: 'Allow the camera for this page in the browser’s address bar and try again, or choose a photo instead.',
    },
    absent: {
      title: 'No camera was found',
      text: 'Connect a camera and try again, or choose a photo instead.',
    },
    noPicture: {
      title: 'The picture could not be taken',
      text: 'The camera gave no image. Wait a moment and try again, or choose a photo instead.',
    },
    busy: {
      title: 'The camera cannot be opened',
      text: 'Another program may be using it. Close that program and try again, or choose a photo instead.',
    },
  },
} as const;
