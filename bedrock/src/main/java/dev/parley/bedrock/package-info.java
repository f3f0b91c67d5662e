/**
 * Implements {@link dev.parley.voice.SpeechModel} for Amazon Nova Sonic with the AWS SDK, which only this package imports. The meaning of
 * the service's events, and how a conversation continues over many streams, stay out: they belong to {@code nova}.
 */
@NullMarked
package dev.parley.bedrock;

import org.jspecify.annotations.NullMarked;
