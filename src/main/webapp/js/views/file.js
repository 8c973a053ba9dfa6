import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { picture } from '../store/picture.js';
import { shortName, shownName } from '../store/said.js';
import { t } from '../words/words.js';
import { down, sheet } from './icons.js';
import { quantity } from './quantity.js';

/** This file is js/views/file.js below the application. */
const FILES = new URL('../../api/files/', import.meta.url);

/** @returns {string} where a file of a room in the clear is */
export const fileAddress = (file) => new URL(encodeURIComponent(file), FILES).href;

export const fileStyles = css`
  .file {
    display: grid;
    gap: var(--space-1);
    justify-items: start;
    width: fit-content;
    max-width: min(24rem, 100%);
    margin: var(--space-1) 0;
  }

  button.picture {
    display: block;
    max-width: 100%;
    min-height: 0;
    padding: 0;
    border-color: var(--line);
    overflow: hidden;
    line-height: 0;
    cursor: zoom-in;
  }

  /* Its attributes give the room that it takes before it is there. */
  button.picture img {
    display: block;
    max-width: 100%;
    height: auto;
    background: var(--sunken);
  }

  .paper {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--space-2);
    max-width: 100%;
    padding: var(--space-1) var(--space-1) var(--space-1) var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
  }

  .paper > svg {
    color: var(--ink-soft);
  }

  .paper p {
    min-width: 0;
    overflow-wrap: anywhere;
    font-size: var(--text-small);
    line-height: 1.35;
  }

  .paper .name {
    font-weight: 550;
  }

  .paper button {
    width: 2.25rem;
    min-height: 2.25rem;
    color: var(--accent);
  }

  .paper a {
    display: inline-grid;
    place-items: center;
    width: 2.25rem;
    height: 2.25rem;
    border-radius: var(--round);
    color: var(--accent);
  }

  .paper a:hover {
    background: var(--accent-soft);
  }
`;

/** The longest sides that a picture has in the timeline, in pixels. */
const MOST_WIDTH = 384;
const MOST_HEIGHT = 256;

/**
 * A message's file: its picture if it is one, its name, its size, and how to get it.
 *
 * @param {object} body somebody else wrote it
 * @param {(name: 'open' | 'fetch') => void} act shows the picture; fetches what this page has to open
 */
export function file(body, act) {
  const name = shownName(body.name);
  return html`<div class="file">
    ${shown(body, name, () => act('open'))}
    <div class="paper">
      ${sheet}
      <p>
        <span class="name"><bdi title=${name}>${shortName(body.name)}</bdi></span><br />
        <span class="soft">${Number.isSafeInteger(body.size) ? quantity(body.size, 'bytes') : '?'}</span>
      </p>
      ${download(body, name, act)}
    </div>
  </div>`;
}

/** Of a sealed room the page itself fetches it: the server has only the sealed form. */
function download(body, name, act) {
  const label = t('files.download', { name });
  if (body.key !== undefined) {
    return html`<button class="plain icon" aria-label=${label} title=${label} @click=${() => act('fetch')}>${down}</button>`;
  }
  const as = typeof body.name === 'string' ? body.name : '';
  return html`<a href=${fileAddress(body.file)} download=${as} aria-label=${label} title=${label}>${down}</a>`;
}

function shown(body, name, open) {
  const image = picture(body);
  if (image?.thumbnail == null) return nothing;
  const scale = Math.min(1, MOST_WIDTH / image.width, MOST_HEIGHT / image.height);
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  return html`<button class="picture" aria-label=${t('files.open-picture', { name })} @click=${open}>
    <img src=${image.thumbnail} width=${width} height=${height} alt="" decoding="async" />
  </button>`;
}
