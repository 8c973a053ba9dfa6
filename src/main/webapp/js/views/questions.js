import { nothing } from '../../lib/lit-element/lit-element.js';

let question = null;

/**
 * Fetches what stands in front of the page, which the first message is not to wait for.
 *
 * @returns {Promise<boolean>} whether it is here
 */
export async function loadQuestions() {
  try {
    ({ question } = await import('./question.js'));
    return true;
  } catch (error) {
    console.warn('A part of the page could not be loaded:', error.message);
    return false;
  }
}

/** As `question` of `question.js`, once it is here. */
export const asking = (asked, page) => (question === null ? nothing : question(asked, page));
