package dev.parley.speech.synthesis;

/** Speech as 16-bit mono samples at {@code rate} Hz. The receiver owns the array. */
public record Sound(int rate, short[] samples) {}
