/**
 * What every HTTP answer shares: security headers, problem details, the filter that says who asks, and the small JAX-RS
 * resources.
 *
 * <p>What does not belong here: who somebody is (that is {@code org.parley.auth}, which knows no servlet), and what a
 * WebSocket does once it is open.
 */
package org.parley.web;
