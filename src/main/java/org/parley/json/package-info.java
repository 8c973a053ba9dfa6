/**
 * JSON text from outside, before and while it is bound.
 *
 * <p>What belongs here: checks that hold for any JSON from outside, what must be refused before a parser allocates for it,
 * and the one shared {@link jakarta.json.bind.Jsonb}. What does not: the shape of any message.
 */
package org.parley.json;
