/**
 * What the server does, for whoever runs it: metrics for a scraper, a stream of snapshots for the page {@code /dashboard},
 * and health for a load balancer.
 *
 * <p>What belongs here: reading counters and states of the other packages, and the libraries that give them a form. What
 * does not: counting, and anything that changes what the server does.
 */
package org.parley.dashboard;
