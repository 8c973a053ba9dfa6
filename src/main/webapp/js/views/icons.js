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
export const logo = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
  <path
    class="back"
    d="M6 3h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H15l-6.4 5.6A1 1 0 0 1 7 27.8V23H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"
  ></path>
  <path class="lines" d="M9 10.5h9M14 16.5h9"></path>
</svg>`;
