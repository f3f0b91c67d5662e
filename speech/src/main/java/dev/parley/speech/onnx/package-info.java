/**
 * Runs the neural models on ONNX Runtime: voice activity and recognition, from sound to probabilities or words. The decision when to run
 * them stays outside; no other package imports the runtime.
 */
@NullMarked
package dev.parley.speech.onnx;

import org.jspecify.annotations.NullMarked;
