/** For a table at a conference. */
export const stand = {
  title: 'See it for yourself',
  shown: 'Your photo, and what others get',
  lead: 'Take a photo or choose somebody who does not exist. It is protected here, on this device, and never saved.',
  camera: 'Use the camera',
  samples: 'Or one of these people, who do not exist:',
  forgets: 'Everything is forgotten {{count}} seconds after the last touch.',
  leave: 'Leave',
  beside: 'Beside the original',
  view: { protected: 'Protected', restored: 'With the key', 'wrong-key': 'With a wrong key' },
  says: {
    restored: 'The key gives the original back.',
    'wrong-key': 'A wrong key gives nobody.',
  },
  coming: 'One moment…',
  next: 'Forget it, next visitor',
} as const;
