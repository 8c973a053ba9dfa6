import { css } from '../../lib/lit-element/lit-element.js';

/** What every view shares: a shadow root takes nothing from the page's style sheet but its custom properties. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: 2.5rem;
    padding: 0 var(--space-4);
    border: 1px solid var(--line-strong);
    border-radius: var(--round);
    background: var(--raised);
    font-weight: 550;
    cursor: pointer;
  }

  button:hover:not(:disabled) {
    border-color: var(--accent);
    color: var(--accent);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }

  button.primary:hover:not(:disabled) {
    background: var(--accent-hover);
    color: var(--on-accent);
  }

  button.plain {
    border-color: transparent;
    background: none;
  }

  button.plain:hover:not(:disabled) {
    background: var(--accent-soft);
  }

  button.icon {
    flex: none;
    width: 2.5rem;
    padding: 0;
  }

  button.link {
    min-height: 1.5rem;
    padding: 0;
    border: 0;
    border-radius: 0.25rem;
    background: none;
    color: var(--accent);
    font-weight: 550;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  input,
  textarea,
  select {
    width: 100%;
    min-height: 2.5rem;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--round);
    background: var(--raised);
  }

  input:focus-visible,
  textarea:focus-visible,
  select:focus-visible {
    outline-offset: -1px;
    border-color: var(--accent);
  }

  ::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }

  svg {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
  }

  .logo {
    width: 2rem;
    height: 2rem;
  }

  .logo .back {
    fill: var(--accent);
  }

  .logo .lines {
    fill: none;
    stroke: var(--on-accent);
    stroke-width: 3;
    stroke-linecap: round;
  }

  .error {
    color: var(--danger);
  }

  .soft {
    color: var(--ink-soft);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .avatar {
    flex: none;
    display: inline-grid;
    place-items: center;
    width: 2.25rem;
    height: 2.25rem;
    border-radius: 0.75rem;
    background: var(--tone);
    color: var(--on-tone);
    font-size: var(--text-small);
    font-weight: 650;
    user-select: none;
  }

  .tone-0 {
    --tone: var(--tone-0);
  }
  .tone-1 {
    --tone: var(--tone-1);
  }
  .tone-2 {
    --tone: var(--tone-2);
  }
  .tone-3 {
    --tone: var(--tone-3);
  }
  .tone-4 {
    --tone: var(--tone-4);
  }
  .tone-5 {
    --tone: var(--tone-5);
  }
  .tone-6 {
    --tone: var(--tone-6);
  }
  .tone-7 {
    --tone: var(--tone-7);
  }

  .tag {
    padding: 0 0.375rem;
    border: 1px solid var(--line);
    border-radius: 0.375rem;
    color: var(--ink-soft);
    font-size: 0.6875rem;
    line-height: 1.4;
  }

  @media (prefers-reduced-motion: no-preference) {
    button {
      transition:
        background-color 120ms,
        border-color 120ms,
        color 120ms;
    }
  }
`;
