import { css } from '../../lib/lit-element/lit-element.js';

export const endpointStyles = css`
  :host {
    display: block;
    min-width: 0;
    scroll-margin-top: var(--space-4);
  }

  section {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--round-large);
    background: var(--surface);
  }

  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2);
  }

  h2 {
    font: 650 1.0625rem/1.4 var(--mono);
    overflow-wrap: anywhere;
  }

  h2:focus {
    outline: none;
  }

  h3 {
    font-size: var(--text);
    font-weight: 650;
  }

  .status {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .status::before {
    content: '';
    width: 0.625rem;
    height: 0.625rem;
    border: 2px solid var(--line-strong);
    border-radius: 50%;
  }

  .status.open::before {
    border-color: var(--online);
    background: var(--online);
  }

  .status.connecting::before {
    border-color: var(--warn);
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
    gap: var(--space-3);
  }

  label {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-small);
    font-weight: 550;
  }

  label input,
  label select,
  label textarea {
    font-size: var(--text);
    font-weight: 400;
  }

  .connection {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }

  code {
    flex: 1 1 14rem;
    min-width: 0;
    padding: var(--space-2) var(--space-3);
    border-radius: var(--round);
    background: var(--sunken);
    font: 0.8125rem/1.6 var(--mono);
    overflow-wrap: anywhere;
  }

  dl {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-5);
    margin: 0;
    font-size: var(--text-small);
  }

  dl div {
    display: flex;
    gap: var(--space-2);
  }

  dt {
    color: var(--ink-soft);
  }

  dd {
    margin: 0;
    font-family: var(--mono);
    overflow-wrap: anywhere;
  }

  .sending {
    display: grid;
    grid-template-columns: 9rem minmax(0, 1fr) auto;
    align-items: end;
    gap: var(--space-2) var(--space-3);
  }

  .sending textarea {
    min-height: 2.5rem;
    font-family: var(--mono);
    font-size: var(--text-small);
    resize: vertical;
  }

  .sending .error {
    grid-column: 1 / -1;
    font-size: var(--text-small);
  }

  .frames-title {
    display: flex;
    align-items: baseline;
    gap: var(--space-3);
    font-size: var(--text-small);
  }

  .frames-title button {
    margin-inline-start: auto;
  }

  .frames {
    max-height: 22rem;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
  }

  .frames li {
    padding: var(--space-2) var(--space-3);
    border-inline-start: 3px solid var(--line-strong);
  }

  .frames li + li {
    border-top: 1px solid var(--line);
  }

  .frames .in {
    border-inline-start-color: var(--accent);
  }

  .frame-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-3);
    color: var(--ink-soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }

  .frame-head button {
    margin-inline-start: auto;
    font-size: inherit;
  }

  .direction {
    color: var(--ink);
    font-weight: 600;
  }

  .in .direction {
    color: var(--accent);
  }

  pre {
    margin: var(--space-1) 0 0;
    font: 0.8125rem/1.5 var(--mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  @media (max-width: 40rem) {
    section {
      padding: var(--space-4) var(--space-3);
    }

    .sending {
      grid-template-columns: minmax(0, 1fr);
    }

    pre {
      font-size: 0.75rem;
    }
  }
`;
