/**
 * Amazon Nova Sonic as a {@link dev.parley.voice.SpeechModel}, over the AWS SDK: the only package that imports it. What the service's events
 * mean, and how a conversation goes on over many streams, is decided in {@code nova}.
 */
@NullMarked
package dev.parley.bedrock;

import org.jspecify.annotations.NullMarked;
