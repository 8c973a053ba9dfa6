/**
 * JSON from outside, bounded before anything is built from it.
 *
 * <p>What belongs here: the check of a text against RFC 8259 with limits on nesting and number length, and the one shared
 * {@link jakarta.json.bind.Jsonb}. What does not: the shape of any message.
 */
package org.parley.json;
