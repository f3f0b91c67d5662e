/**
 * The events of Amazon Nova Sonic's streams as values, their JSON in both directions, and the order that the service requires. The meaning of
 * a sequence of events stays outside, in {@code nova}.
 */
@NullMarked
package dev.parley.nova.event;

import org.jspecify.annotations.NullMarked;
