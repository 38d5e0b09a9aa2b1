/** ImageMagick, in a file of its own by this name: it is large, and its licences are not all the page's. */
export {
  ColorProfile,
  ColorSpace,
  ColorTransformMode,
  initializeImageMagick,
  MagickImage,
  MagickImageInfo,
  MagickReadSettings,
} from '@imagemagick/magick-wasm';
