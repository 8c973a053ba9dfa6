/** Types that are shown as pictures. What can have scripts or references in it (SVG, HTML) never is, whatever it calls itself. */
const RASTER = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
const THUMBNAIL = /^data:image\/(?:webp|jpeg|png);base64,[A-Za-z0-9+/]+={0,2}$/u;
const MOST_PIXELS = 1 << 16;

/** @param {string} type a media type */
export const isRaster = (type) => RASTER.has(type);

const pixels = (value) => Number.isInteger(value) && value > 0 && value <= MOST_PIXELS;

/**
 * @param {object} body of a message of the kind `file`; somebody else wrote it
 * @returns {{width: number, height: number, thumbnail: string | null} | null} null: it is no picture
 */
export function picture({ type, image }) {
  if (!isRaster(type) || !pixels(image?.width) || !pixels(image?.height)) return null;
  const { width, height, thumbnail } = image;
  return { width, height, thumbnail: typeof thumbnail === 'string' && THUMBNAIL.test(thumbnail) ? thumbnail : null };
}
