package dev.parley.speech.turn;

import java.util.Locale;

/**
 * Decides whether a sound from the microphone is the assistant's own voice. Pure.
 *
 * <p>
 * Words alone prove nothing: a user may repeat them. The sound must correlate with the sound that was played. At a moderate correlation the
 * words must also be those that were being said; at a high one they need not be, because a pause cuts words in the middle.
 */
public final class Echo {

    /** Lowest correlation at which a sound follows another. Unrelated voices stay below 0.3 in the tests. */
    static final double FOLLOWS = 0.45;
    /** Correlation that no sound with another speaker reaches. Above it the words need not match: they may be cut in the middle. */
    static final double COPIES = 0.7;

    /** Length of the sound that is compared, in seconds. */
    private static final double COMPARED_SECONDS = 1.2;
    private static final double LONGEST_DELAY_SECONDS = 1;
    /** Length of the end that is compared too, in seconds: a word that the user says after an echo is not one. */
    private static final double END_SECONDS = 0.35;
    /** Share of the loudest part's energy from which the end counts. */
    private static final double LOUD = 0.15;
    /** Highest noise that is believed, as a share of the loudest part's energy: speech without a pause has no quiet part. */
    private static final double MOST_NOISE = 0.15;
    /** Lowest energy of an end that counts, as a multiple of the background noise. */
    private static final double ABOVE_NOISE = 3;
    private static final double EMPHASIS = 0.95;
    /** Length of the parts of which the quietest is taken for background noise: 32 ms. */
    private static final int NOISE_SAMPLES = PlayedSound.RATE * 32 / 1_000;
    /** Lowest share of a part's energy that is not taken for noise, so that noise alone does not become an echo. */
    private static final double LEAST_SIGNAL = 0.25;
    private static final double ALIKE = 0.6;

    private Echo() {}

    /**
     * Returns whether what was heard is the assistant's own voice.
     *
     * @param follows the {@link #correlation} of the sounds
     * @param heard   the recognised words
     * @param said    the texts that were heard from the loudspeaker meanwhile
     */
    public static boolean isEcho(double follows, String heard, String said) {
        return follows >= COPIES || (follows >= FOLLOWS && wordsMatch(heard, said));
    }

    /**
     * Returns how closely a sound follows another with one constant delay: 1 is a copy of any loudness, 0 is unrelated. If its end does not
     * follow, the value is that of the end. The end is short, so its value alone does not tell an echo from a copy. The energy of steady
     * background noise does not count, because a quiet echo is hardly louder than it.
     *
     * @param heard  sound of the microphone at 16 kHz; its loudest 1.2 s are compared
     * @param played the sound that was played, at {@link PlayedSound#RATE}, from the largest delay before {@code heard} until its end
     */
    public static double correlation(float[] heard, float[] played) {
        float[] whole = emphasised(PlayedSound.decimated(heard, 16_000));
        float[] far = emphasised(played);
        int length = Math.min(whole.length, (int) (COMPARED_SECONDS * PlayedSound.RATE));
        int from = loudest(whole, length);
        double level = energy(whole, from, length) / Math.max(1, length);
        double noise = Math.min(noise(whole), MOST_NOISE * level);
        double best = best(whole, from, length, far, noise);
        int end = Math.min(whole.length, (int) (END_SECONDS * PlayedSound.RATE));
        int last = lastLoud(whole, end, Math.max(LOUD * level, ABOVE_NOISE * noise));
        double ending = last < 0 ? best : best(whole, last, end, far, noise);
        return ending < FOLLOWS ? Math.min(best, ending) : best;
    }

    /** Returns the highest correlation of a part of the heard sound over all delays up to {@link #LONGEST_DELAY_SECONDS}. */
    private static double best(float[] whole, int from, int length, float[] far, double noise) {
        // With no delay, the end of the heard sound lies at the end of the played sound.
        int latest = far.length - whole.length + from;
        int at = Math.max(0, latest - (int) (LONGEST_DELAY_SECONDS * PlayedSound.RATE));
        if (length == 0 || at + length > far.length) {
            return 0;
        }
        double heard = energy(whole, from, length);
        double own = Math.max(heard - noise * length, LEAST_SIGNAL * heard);
        double window = energy(far, at, length);
        double best = 0;
        for (; at <= latest && at + length <= far.length; at++) {
            if (window > 0) {
                double dot = 0;
                for (int i = 0; i < length; i++) {
                    dot += whole[from + i] * (double) far[at + i];
                }
                best = Math.max(best, Math.abs(dot) / Math.sqrt(own * window + 1e-12));
            }
            if (at + length < far.length) {
                window = Math.max(0, window + square(far[at + length]) - square(far[at]));
            }
        }
        return best;
    }

    /** Returns the energy of a sample of background noise: that of the quietest part. */
    private static double noise(float[] sound) {
        double least = Double.MAX_VALUE;
        for (int at = 0; at + NOISE_SAMPLES <= sound.length; at += NOISE_SAMPLES) {
            least = Math.min(least, energy(sound, at, NOISE_SAMPLES));
        }
        return least == Double.MAX_VALUE ? 0 : least / NOISE_SAMPLES;
    }

    /** Returns where the last part of this length begins that is louder than a limit; −1 if none is. */
    private static int lastLoud(float[] sound, int length, double limit) {
        int step = PlayedSound.RATE / 20;
        for (int at = sound.length - length; at >= 0 && length > 0; at -= step) {
            if (energy(sound, at, length) / length > limit) {
                return at;
            }
        }
        return -1;
    }

    private static int loudest(float[] sound, int length) {
        double energy = energy(sound, 0, length);
        double most = energy;
        int best = 0;
        for (int at = 1; at + length <= sound.length; at++) {
            energy += square(sound[at + length - 1]) - square(sound[at - 1]);
            if (energy > most) {
                most = energy;
                best = at;
            }
        }
        return best;
    }

    private static double energy(float[] sound, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += square(sound[i]);
        }
        return sum;
    }

    private static double square(float sample) {
        return (double) sample * sample;
    }

    /** Returns the sound with its low tones weakened: two voices are more often similar in pitch than in vowels. */
    private static float[] emphasised(float[] sound) {
        var out = new float[sound.length];
        for (int i = 1; i < sound.length; i++) {
            out[i] = (float) (sound[i] - EMPHASIS * sound[i - 1]);
        }
        return out;
    }

    /**
     * Returns whether words are among those that were said. A part of a word counts, because the recogniser may receive only the beginning
     * or the end of a played sentence.
     */
    static boolean wordsMatch(String heard, String said) {
        String letters = letters(heard);
        return letters.isEmpty() || alike(letters, letters(said));
    }

    /** Returns whether most letters of one text occur in another in the same order and close together. */
    private static boolean alike(String part, String whole) {
        if (whole.contains(part)) {
            return true;
        }
        // Local alignment: a match counts 1, a difference or a gap costs 1.
        int[] row = new int[whole.length() + 1];
        int best = 0;
        for (int i = 1; i <= part.length(); i++) {
            int diagonal = 0;
            for (int j = 1; j <= whole.length(); j++) {
                int above = row[j];
                int match = part.charAt(i - 1) == whole.charAt(j - 1) ? 1 : -1;
                row[j] = Math.max(0, Math.max(diagonal + match, Math.max(above, row[j - 1]) - 1));
                best = Math.max(best, row[j]);
                diagonal = above;
            }
        }
        return best >= ALIKE * part.length();
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
