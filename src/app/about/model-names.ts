/** The networks and files that the catalogues have a name for. */
export const modelNames = [
  'people',
  'attributes',
  'front',
  'protector',
  'restorer',
  'sign_detector',
  'recogniser',
  'mobilefacenet',
  'face_detector',
  'face_landmarker',
  'selfie_segmenter',
  'face_mesh',
  'landmark_program',
  'codecs',
  'runtime',
] as const;
