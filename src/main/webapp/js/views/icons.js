import { html, svg } from '../../lib/lit-element/lit-element.js';

const icon = (paths) => html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="1.8"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  ${paths}
</svg>`;

export const send = icon(svg`<path d="M4.5 12 20 4.5 15.5 20l-3.2-6.3z"/><path d="m12.3 13.7 3.2-3.7"/>`);
export const menu = icon(svg`<path d="M4 7h16M4 12h16M4 17h10"/>`);
export const people = icon(
  svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5M16 4.9a3.5 3.5 0 0 1 0 6.2M18 14.9c2 .8 3.2 2.5 3.5 5.1"/>`,
);
export const close = icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`);
export const plus = icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const leave = icon(svg`<path d="M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M9 8l-4 4 4 4M5 12h10"/>`);
export const down = icon(svg`<path d="M12 5v13M6.5 12.5 12 18l5.5-5.5"/>`);
export const clock = icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`);
export const warning = icon(svg`<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1"/>`);
export const smile = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.1M15 9.5v.1"/>`);
export const reply = icon(svg`<path d="M10 6 4 12l6 6M4.5 12H14a6 6 0 0 1 6 6"/>`);
export const pen = icon(svg`<path d="m5 19 1-4L16.5 4.5l3 3L9 18zM14 7l3 3"/>`);
export const copy = icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.500 5.500a1 1 0 0 0-1-1H6a1.500 1.500 0 0 0-1.500 1.500v8.500a1 1 0 0 0 1 1"/>`);
export const bin = icon(svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7"/>`);
export const search = icon(svg`<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5 5"/>`);
export const invite = icon(svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700L12 17"/>`);
export const lock = icon(svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8.500 11V8a3.500 3.500 0 0 1 7 0v3"/>`);
export const gear = icon(svg`<circle cx="12" cy="12" r="3"/><path d="M12 3.500v3M12 17.500v3M3.500 12h3M17.500 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2"/>`);
export const clip = icon(svg`<path d="m19 11.500-7.300 7.300a4.500 4.500 0 0 1-6.400-6.400l7.600-7.600a3 3 0 0 1 4.300 4.300l-7.500 7.500a1.500 1.500 0 0 1-2.200-2.200l6.800-6.800"/>`);
export const sheet = icon(svg`<path d="M6.500 3.500h7l4 4v13h-11zM13.500 3.500v4h4"/>`);
export const logo = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
  <path
    class="back"
    d="M6 3h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H15l-6.4 5.6A1 1 0 0 1 7 27.8V23H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"
  ></path>
  <path class="lines" d="M9 10.5h9M14 16.5h9"></path>
</svg>`;
