/**
 * The neural models on ONNX Runtime: voice activity and recognition, sound in and probabilities or words out. When to run them is
 * decided outside; no other package imports the runtime.
 */
@NullMarked
package dev.parley.speech.onnx;

import org.jspecify.annotations.NullMarked;
