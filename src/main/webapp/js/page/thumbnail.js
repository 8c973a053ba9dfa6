import { isRaster } from '../store/picture.js';

/** Of a data URL; the server takes no longer one. */
const CHARACTERS = 16 << 10;
/** A picture of more bytes than this is not taken apart only to show it small. */
const BYTES = 64 << 20;
/** The longest side in pixels, and the quality; the first that is short enough. */
const SIZES = [
  [480, 0.7],
  [320, 0.6],
  [240, 0.5],
  [160, 0.4],
  [96, 0.3],
];

/**
 * What is shown of a picture before it is fetched, and how much room it will take.
 *
 * @param {Blob} file
 * @returns {Promise<{width: number, height: number, thumbnail?: string} | null>} null: it is no picture
 */
export async function thumbnail(file) {
  if (!isRaster(file.type) || file.size > BYTES) return null;
  const bitmap = await decoded(file);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  try {
    for (const [side, quality] of SIZES) {
      const url = drawn(bitmap, Math.min(1, side / Math.max(width, height)), quality);
      if (url.length <= CHARACTERS) return { width, height, thumbnail: url };
    }
    return { width, height };
  } finally {
    bitmap.close();
  }
}

async function decoded(file) {
  try {
    return await createImageBitmap(file);
  } catch (error) {
    // It only calls itself a picture, or is one that this browser does not know.
    if (!(error instanceof DOMException)) throw error;
    return null;
  }
}

function drawn(bitmap, scale, quality) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', quality);
}
