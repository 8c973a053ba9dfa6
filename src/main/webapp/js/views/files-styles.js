import { css } from '../../lib/lit-element/lit-element.js';

export const filesStyles = css`
  :host {
    display: block;
  }

  .over {
    position: fixed;
    z-index: 4;
    inset: 0;
    display: grid;
    place-items: center;
    padding: var(--space-4);
    background: var(--shade);
    pointer-events: none;
  }

  .over p {
    padding: var(--space-5) var(--space-6);
    border: 2px dashed var(--accent);
    border-radius: var(--round-large);
    background: var(--surface);
    color: var(--accent);
    font-size: var(--text-large);
    font-weight: 650;
    overflow-wrap: anywhere;
    text-align: center;
  }

  ul {
    display: grid;
    gap: var(--space-1);
    max-height: min(16rem, 40vh);
    margin: 0 var(--space-4);
    padding: var(--space-1);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--surface);
    overflow-y: auto;
  }

  li {
    display: grid;
    grid-template-columns: 2.5rem minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-1) var(--space-3);
    padding: var(--space-1) var(--space-2);
    border-radius: var(--round);
    background: var(--raised);
  }

  li > svg {
    justify-self: center;
    color: var(--ink-soft);
  }

  img {
    width: 2.5rem;
    height: 2.5rem;
    border-radius: 0.375rem;
    object-fit: cover;
  }

  .what {
    min-width: 0;
  }

  .name {
    overflow: hidden;
    font-size: var(--text-small);
    font-weight: 550;
    line-height: 1.35;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name .soft {
    font-weight: 400;
  }

  .status {
    color: var(--ink-soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    line-height: 1.35;
  }

  .failed .status {
    color: var(--danger);
  }

  progress {
    display: block;
    width: 100%;
    height: 0.375rem;
    margin: 0.1875rem 0;
    border: 0;
    border-radius: 1rem;
    background: var(--sunken);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--sunken);
  }

  progress::-webkit-progress-value {
    border-radius: 1rem;
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    border-radius: 1rem;
    background: var(--accent);
  }

  .paused progress::-webkit-progress-value,
  .absent progress::-webkit-progress-value,
  .failed progress::-webkit-progress-value {
    background: var(--line-strong);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0 var(--space-3);
  }

  .row button {
    font-size: var(--text-small);
  }

  @media (max-width: 30rem) {
    ul {
      margin-inline: var(--space-2);
    }

    li {
      grid-template-columns: 2.5rem minmax(0, 1fr);
    }

    .row {
      grid-column: 2;
      justify-content: flex-start;
    }
  }

  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
  }
`;
