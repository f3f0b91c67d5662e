package dev.parley.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one input, in order. Most inputs have one effect, which costs no growable list. Not thread-safe.
 *
 * @param <E> the machine's effects
 */
public final class Effects<E> {
    private @Nullable E first;
    private @Nullable List<E> all;

    /** Creates an empty collector. */
    public Effects() {}

    /** Adds an effect after those added before. */
    public void add(E effect) {
        if (all != null) {
            all.add(effect);
        } else if (first == null) {
            first = effect;
        } else {
            all = new ArrayList<>(4);
            all.add(first);
            all.add(effect);
        }
    }

    /** Returns and removes all effects that were added. */
    public List<E> take() {
        List<E> taken = all != null ? all : first != null ? List.of(first) : List.of();
        clear();
        return taken;
    }

    /** Removes all effects, as after an input that failed. */
    public void clear() {
        first = null;
        all = null;
    }
}
